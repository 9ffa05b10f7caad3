import fc from "fast-check";
import type { Page, Schedule, Step, Trouble } from "./schedule.js";

const page = fc.record<Page>({
  status: fc.constantFrom(408, 425, 429, 429, 500, 502, 503, 503, 504),
  retryAfter: fc.constantFrom(
    undefined,
    "0",
    "5",
    "Wed, 21 Oct 2015 07:28:00 GMT",
  ),
  // As gateways answer, some of them in JSON.
  body: fc.constantFrom(
    "",
    "<html><body>Backend fetch failed</body></html>",
    '{"message":"Too Many Requests"}',
    '{"errors":["Too many requests"]}',
    '{"error":{"code":"UNAVAILABLE","message":"upstream"}}',
    '{"meta":{"status":"ERROR"}}',
  ),
});

const trouble = fc.record<Trouble>({
  executed: fc.constantFrom("never", "meanwhile", "before", "before"),
  answer: fc.oneof(
    { weight: 8, arbitrary: page },
    {
      weight: 6,
      arbitrary: fc.constantFrom("reset", "end", "cut off", "garbage"),
    },
    { weight: 1, arbitrary: fc.constant("silence") },
  ),
});

/** After about half of the steps every call may go on, so that schedules get somewhere. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      "connection refused",
      "connection refused",
      "throttled",
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom("executed", "refused") },
  { weight: 6, arbitrary: trouble },
);

/** Three calls in four change something: it is them that must not be repeated. */
export const randomSchedule: fc.Arbitrary<Schedule> = fc.record<Schedule>({
  effect: fc.constantFrom("write", "write", "write", "read"),
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
});
