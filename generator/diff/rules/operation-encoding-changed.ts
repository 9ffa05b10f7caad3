import { canonical } from "../../model/canonical.js";
import type { InputModel } from "../../model/api-model.js";
import { pairMaps } from "../pairs.js";
import type { OperationPair } from "../pairs.js";
import { quote } from "../quote.js";
import type { Finding, Rule } from "../rule.js";

/** A parameter or the body is sent in another form, such as another media type. */
export const operationEncodingChanged: Rule<OperationPair> = {
  id: "operation-encoding-changed",
  check: ({ before, after }) => {
    const old = before?.input;
    const current = after?.input;
    if (!old || !current) return [];
    const finding = (message: string, part: string): Finding => ({
      level: "breaking",
      message,
      consequence:
        "Calls compile as before; a client that was generated earlier sends the old form.",
      before: old.partOrigins[part] ?? old.origin,
      after: current.partOrigins[part] ?? current.origin,
    });
    const parameters = pairMaps(parametersOf(old), parametersOf(current))
      .filter(([, pair]) => pair.before && pair.after)
      .filter(([, pair]) => canonical(pair.before) !== canonical(pair.after))
      .map(([key]) => finding(`${quote(key)} is sent in another form`, key));
    const fields = pairMaps(fieldsOf(old), fieldsOf(current))
      .filter(([, pair]) => canonical(pair.before) !== canonical(pair.after))
      .map(([name]) =>
        finding(`field ${quote(name)} is sent in another form`, "body"),
      );
    const types = mediaTypeOf(current).split(", ");
    return mediaTypeOf(old)
      .split(", ")
      .every((each) => types.includes(each))
      ? [...parameters, ...fields]
      : [
          ...parameters,
          finding(
            `media type ${quote(mediaTypeOf(old))} became ${quote(mediaTypeOf(current))}`,
            "body",
          ),
        ];
  },
};

function parametersOf({
  parameters,
}: InputModel): ReadonlyMap<string, InputModel["parameters"][number]> {
  return new Map(parameters.map((each) => [`${each.in}.${each.name}`, each]));
}

function fieldsOf({
  fields,
}: InputModel): ReadonlyMap<string, InputModel["fields"][string]> {
  return new Map(Object.entries(fields));
}

/** Plain JSON is what a body is without further word. */
function mediaTypeOf({ mediaType }: InputModel): string {
  return mediaType ?? "application/json";
}
