// Runs on every run-time: nothing but the client's run-time and web standards.
import { configureClient } from "../../../templates/runtime/client.js";
import { decodeBody } from "../../../templates/runtime/decode-body.js";
import type { Result } from "../../../templates/runtime/result.js";
import { callStream } from "../../../templates/runtime/stream.js";
import type {
  EventStream,
  StreamOperation,
} from "../../../templates/runtime/stream.js";

/** What came of a stream, as plain data: its items, or the codes of its errors. */
export type ObservedStream = readonly unknown[];

const operation: StreamOperation = {
  name: "sample.watch",
  method: "GET",
  path: "/watch",
  effect: "read",
  mediaTypes: ["text/event-stream"],
  decode: decodeBody,
  stream: "events",
  errors: [],
};

/**
 * Reads a stream as the server's plan has it: to its end, and once up to its first item.
 *
 * @param plan - the query for the server
 * @param abortAfterMs - when to give up
 */
export async function runStream(
  baseUrl: string,
  plan: string,
  abortAfterMs: number,
): Promise<ObservedStream> {
  const client = configureClient(
    { baseUrl, apiVersion: "1" },
    { signer: () => ({ "x-api-key": "sb_sample" }), timeoutMs: 1000 },
  );
  const controller = new AbortController();
  const path = `/watch?plan=${encodeURIComponent(plan)}`;
  const open = (): Promise<Result<EventStream<unknown>, never>> =>
    callStream(client, { ...operation, path }, undefined, {
      signal: controller.signal,
    });
  const observed: unknown[] = [];
  const whole = await open();
  if (!whole.ok) return ["no stream"];
  const timer = setTimeout(() => {
    controller.abort();
  }, abortAfterMs);
  for await (const item of whole.data) {
    observed.push(item.ok ? item.data : item.error.code);
  }
  clearTimeout(timer);
  if (controller.signal.aborted) return observed;
  const first = await open();
  if (!first.ok) return ["no second stream"];
  for await (const item of first.data) {
    observed.push(item.ok ? item.data : item.error.code);
    break;
  }
  return observed;
}
