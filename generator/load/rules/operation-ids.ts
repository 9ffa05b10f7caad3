import type { UserContext } from "@redocly/openapi-core";
import { diagnosticAt, relatedPlace } from "../spec-document.js";
import type { Rule } from "./rule.js";

/** No two operations have the same operationId. */
export const operationIds: Rule = (report) => {
  const first = new Map<string, UserContext["location"]>();
  return {
    Operation: ({ operationId }, { location }) => {
      if (operationId === undefined) return;
      const place = location.child("operationId");
      const earlier = first.get(operationId);
      if (!earlier) {
        first.set(operationId, place);
        return;
      }
      report(
        diagnosticAt(
          place,
          "spec-operation-id",
          `the operationId "${operationId}" is that of another operation`,
          { related: [relatedPlace(earlier, "the other operation")] },
        ),
      );
    },
  };
};
