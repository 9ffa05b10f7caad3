/** A document that somebody else wrote and published in an npm package. */
export interface PublicDocument {
  /** Name for people and folders. */
  readonly name: string;
  /** Path below `node_modules`. */
  readonly file: string;
}

const octokit = "@octokit/openapi/generated";
const webhooks = "@octokit/openapi-webhooks/generated";
const examples = "@readme/oas-examples";

/** Documents of every size and style: one 3.0 file of 13 MB, 3.1, YAML, multipart, webhooks, references in circles. */
export const publicDocuments: readonly PublicDocument[] = [
  { name: "github", file: `${octokit}/api.github.com.json` },
  {
    name: "github-webhooks",
    file: `${webhooks}/api.github.com.json`,
  },
  {
    name: "figma",
    file: "@figma/rest-api-spec/openapi/openapi.yaml",
  },
  {
    name: "shipengine",
    file: "shipengine-openapi/openapi.json",
  },
  { name: "rclone", file: "rclone-openapi/openapi.yaml" },
  example("3.0", "star-trek"),
  example("3.0", "petstore"),
  example("3.0", "uspto"),
  example("3.0", "circular"),
  example("3.0", "complex-nesting"),
  example("3.0", "file-uploads"),
  example("3.0", "polymorphism"),
  example("3.0", "parameters-style"),
  example("3.0", "response-multiple-mediatypes"),
  example("3.0", "schema-types"),
  example("3.1", "petstore"),
  example("3.1", "train-travel"),
  example("3.1", "webhooks"),
];

function example(version: string, name: string): PublicDocument {
  const file = `${examples}/${version}/json/${name}.json`;
  return { name: `${name}-${version}`, file };
}
