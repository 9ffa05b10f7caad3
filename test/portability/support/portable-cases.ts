import { gzipSync } from "node:zlib";
import {
  answer,
  errorBody,
  head,
  invalid,
  late,
  lost,
  neverSent,
  raw,
  successBody,
} from "../../faults/support/fault-case.js";
import type { Expected, Target } from "../../faults/support/fault-case.js";
import type { PlannedCall } from "./run-plan.js";

type Options = Partial<Omit<PlannedCall, "name" | "baseUrl" | "effect">>;

/** For which operations something holds. */
type When = "always" | "read" | "write" | "never";

/** A call that must come to the same on every run-time. */
export interface PortableCase extends Options {
  readonly name: string;
  readonly target: Target | "self-signed certificate";
  readonly expected: Omit<Expected, "traceId">;
  readonly repeated: When;
  /** Run-times whose errors do not tell that nothing was sent: they must say `unknown`. */
  readonly cannotTell?: readonly string[];
  /** Which requests a run-time sends once more by itself, without a word to the client. */
  readonly resentBy?: Readonly<Record<string, When>>;
  /** Which requests a run-time never sends on a connection that was used before. */
  readonly newConnectionIn?: Readonly<Record<string, When>>;
  /** The only run-times that it concerns; all of them unless given. */
  readonly only?: readonly string[];
}

const workers = ["workerd", "workerd2024"];
const page = "<html><body>502 Bad Gateway</body></html>";
const stalled = { target: { steps: ["stall"] }, repeated: "never" } as const;
const succeeded = { code: "ok", status: 200 } as const;

export const portableCases: readonly PortableCase[] = [
  {
    name: "a success",
    target: answer(200, successBody),
    expected: succeeded,
    repeated: "never",
  },
  {
    name: "a success in gzip",
    target: answer(200, gzipSync(successBody), { "content-encoding": "gzip" }),
    expected: succeeded,
    repeated: "never",
  },
  {
    name: "a success in chunks",
    target: raw(
      head(200, { "transfer-encoding": "chunked" }),
      `${successBody.length.toString(16)}\r\n${successBody}\r\n0\r\n\r\n`,
    ),
    expected: succeeded,
    repeated: "never",
  },
  {
    name: "a documented error",
    target: answer(400, errorBody),
    expected: { code: "ENTITY_NOT_FOUND", status: 400 },
    repeated: "never",
  },
  {
    name: "an error that nobody documented",
    target: answer(400, '{"errors":[{"code":"NEW","message":"?"}]}'),
    expected: { code: "undocumented", status: 400 },
    repeated: "never",
  },
  {
    name: "the page of a gateway",
    target: answer(502, page, { "content-type": "text/html" }),
    expected: invalid(502, page),
    repeated: "read",
  },
  {
    name: "an empty body",
    target: answer(200, ""),
    expected: invalid(200, ""),
    repeated: "never",
  },
  {
    name: "text that is not UTF-8",
    target: answer(200, Buffer.from("{\xfc}", "latin1")),
    expected: invalid(200, "{\u{FFFD}}"),
    repeated: "never",
  },
  {
    name: "a body that has no end",
    target: {
      steps: [{ send: head(200) }, { flood: "x".repeat(1024 * 1024) }],
    },
    expected: invalid(200, "x".repeat(1000)),
    repeated: "never",
  },
  ...[301, 302, 303, 307, 308].map((status): PortableCase => ({
    name: `a redirect by ${status}`,
    target: answer(status, "Moved", { location: "/elsewhere" }),
    expected: invalid(status, "Moved"),
    repeated: "never",
  })),
  {
    name: "429 of the API",
    target: answer(429, errorBody),
    expected: { code: "ENTITY_NOT_FOUND", status: 429 },
    repeated: "always",
  },
  {
    name: "429 of a limiter on the way",
    target: answer(429, page),
    expected: invalid(429, page),
    repeated: "read",
  },
  {
    name: "503 that asks to come back",
    target: answer(503, page, { "retry-after": 0 }),
    expected: invalid(503, page),
    repeated: "read",
  },
  {
    name: "500",
    target: answer(500, page),
    expected: invalid(500, page),
    repeated: "read",
  },
  {
    name: "a refused connection",
    target: "refused port",
    expected: neverSent,
    repeated: "always",
    cannotTell: workers,
  },
  {
    name: "a name that does not resolve",
    target: "unknown host",
    expected: neverSent,
    repeated: "always",
    cannotTell: workers,
  },
  {
    name: "a certificate that nobody trusts",
    target: "self-signed certificate",
    expected: neverSent,
    repeated: "always",
    cannotTell: workers,
  },
  {
    name: "a reset after the request",
    target: { steps: ["reset"] },
    expected: lost,
    repeated: "read",
  },
  {
    name: "a hang-up after the request",
    target: { steps: ["end"] },
    expected: lost,
    repeated: "read",
  },
  ...(["reset", "end"] as const).flatMap((step): PortableCase[] => [
    {
      name: `a reused connection that dies by ${step} while a request is on it`,
      target: { steps: [step] },
      reusesConnection: true,
      expected: lost,
      repeated: "read",
      // What changes something never gets a connection there that was used before.
      resentBy: { deno: "read", bun13: "read" },
      newConnectionIn: { deno: "write", bun: "write", bun13: "write" },
    },
    {
      name: `a reused connection that would die by ${step}, with the documented fetch`,
      target: { steps: [step] },
      reusesConnection: true,
      documentedFetch: true,
      expected: lost,
      repeated: "read",
      newConnectionIn: { deno: "always" },
      only: ["deno"],
    },
  ]),
  {
    name: "an answer that is not HTTP",
    target: raw("220 mail.example.com ESMTP\r\n\r\n"),
    expected: lost,
    repeated: "read",
  },
  {
    name: "a body that is cut off",
    target: {
      steps: [
        { send: `${head(200, { "content-length": 100 })}{"meta":` },
        // Bun drops what arrives together with the end.
        { wait: 1000 },
        "end",
      ],
    },
    expected: invalid(200, '{"meta":'),
    repeated: "read",
  },
  { name: "no answer in time", ...stalled, timeoutMs: 2000, expected: late },
  {
    name: "a body that comes too slowly",
    target: {
      steps: [{ send: head(200) }, { drip: " ".repeat(5000), everyMs: 5 }],
    },
    timeoutMs: 2000,
    expected: late,
    repeated: "never",
  },
  {
    name: "a signer that hangs",
    target: answer(200, successBody),
    signerHangs: true,
    timeoutMs: 200,
    expected: { code: "client.signing", outcome: "not_sent" },
    repeated: "never",
  },
  {
    name: "a caller who gives up before the call",
    target: answer(200, successBody),
    abortAfterMs: 0,
    expected: { code: "client.aborted", outcome: "not_sent" },
    repeated: "never",
  },
  {
    name: "a caller who gives up while the server works",
    ...stalled,
    abortAfterMs: 2000,
    expected: { code: "client.aborted", outcome: "unknown" },
  },
];

/** Tells whether something holds for an operation. */
export function holds(
  when: When | undefined,
  effect: "read" | "write",
): boolean {
  return when === "always" || when === effect;
}
