type Json = Readonly<Record<string, unknown>>;

/**
 * A description after a release that touched one operation: the input of the first
 * one has one more field.
 */
export function withOneOperationChanged(spec: Json): Json {
  const changed = structuredClone(spec) as unknown as Description;
  const [item] = Object.values(changed.paths);
  const schema =
    item?.post.requestBody.content["application/json"]?.schema ?? {};
  schema.properties = {
    ...schema.properties,
    added_field: {
      type: "string",
      description: "A field that a release has added.",
    },
  };
  return { ...changed };
}

interface Description {
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly post: {
          readonly requestBody: {
            readonly content: Readonly<
              Record<string, { readonly schema: { properties?: object } }>
            >;
          };
        };
      }
    >
  >;
}
