import type { WebhookPair } from "../pairs.js";
import type { Rule } from "../rule.js";

/** An event's `data` is encoded now, or no longer is. */
export const webhookEncodingChanged: Rule<WebhookPair> = {
  id: "webhook-encoding-changed",
  check: ({ before, after }) =>
    !before ||
    !after ||
    (before.payload === undefined) === (after.payload === undefined)
      ? []
      : [
          {
            level: "breaking",
            message: after.payload
              ? "`data` is encoded now"
              : "`data` is not encoded any more",
            consequence: "Code that reads `data` of the event must change.",
            before: before.payloadOrigin ?? before.bodyOrigin,
            after: after.payloadOrigin ?? after.bodyOrigin,
          },
        ],
};
