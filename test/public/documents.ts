/** A document that somebody else wrote and published in an npm package. */
export interface PublicDocument {
  /** Name for people and folders. */
  readonly name: string;
  /** Path, absolute or below `node_modules`. */
  readonly file: string;
  /** Code of the diagnostic about a fault for which it is refused. */
  readonly fault?: string | undefined;
}

const octokit = "@octokit/openapi/generated";
const webhooks = "@octokit/openapi-webhooks/generated";
const examples = "@readme/oas-examples";

/** Documents of every size and style: one 3.0 file of 13 MB, 3.1, YAML, a byte order mark, multipart, webhooks, compositions, references in circles. */
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
  {
    name: "shipengine-composed",
    file: "shipengine-openapi/openapi.yaml",
  },
  { name: "directus", file: "@directus/specs/dist/openapi.json" },
  { name: "blockfrost", file: "@blockfrost/openapi/openapi.yaml" },
  {
    name: "dialogporten",
    file: "@digdir/dialogporten-schema/swagger.verified.json",
  },
  {
    name: "ideal-postcodes",
    file: "@ideal-postcodes/openapi/dist/openapi.json",
  },
  { name: "catalyst", file: "@dcl/catalyst-api-specs/lib/api.yaml" },
  { name: "galaxy", file: "@scalar/galaxy/dist/3.1.yaml" },
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
  example("3.0", "callbacks"),
  example("3.0", "discriminators"),
  example("3.0", "http-status-codes"),
  example("3.0", "link-example"),
  example("3.0", "readme-legacy"),
  example("3.0", "schema-circular"),
  example("3.1", "petstore"),
  example("3.1", "readme"),
  example("3.1", "schema-types"),
  example("3.1", "train-travel"),
  example("3.1", "webhooks"),
];

function example(version: string, name: string): PublicDocument {
  const file = `${examples}/${version}/json/${name}.json`;
  return { name: `${name}-${version}`, file };
}
