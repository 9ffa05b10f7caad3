import { call } from "../../templates/runtime/call.js";
import { configureClient } from "../../templates/runtime/client.js";
import { decodeData } from "../../templates/runtime/decode.js";
import type {
  CallOptions,
  Client,
  ClientOptions,
} from "../../templates/runtime/types.js";
import type {
  ClientError,
  UndocumentedError,
} from "../../templates/runtime/errors.js";
import type { Operation } from "../../templates/runtime/types.js";
import type { Failure, Result } from "../../templates/runtime/result.js";
import type { Signer } from "../../templates/runtime/types.js";

export interface SampleData {
  readonly sample_id: string;
}

export type SampleError =
  | { readonly code: "ENTITY_NOT_FOUND"; readonly message: string }
  | UndocumentedError
  | ClientError;

const errors = ["ENTITY_NOT_FOUND"];

/** An operation that only reads. */
export const readOperation: Operation = {
  name: "sample.get",
  method: "POST",
  path: "/sample.get",
  effect: "read",
  decode: decodeData,
  errors,
};

/** An operation that changes something. */
export const writeOperation: Operation = {
  name: "sample.create",
  method: "POST",
  path: "/sample.create",
  effect: "write",
  decode: decodeData,
  errors,
};

/** A client for a server that does not check signatures. */
export function sampleClient(
  baseUrl: string,
  options: Partial<ClientOptions> = {},
): Client {
  return configureClient(
    { baseUrl, apiVersion: "2025-03-24" },
    { signer: headerSigner, ...options },
  );
}

/** Performs a sample operation. */
export function callSample(
  client: Client,
  operation: Operation,
  options?: CallOptions,
): Promise<Result<SampleData, SampleError>> {
  return call(client, operation, { sample_id: "s_1" }, options);
}

/** Answers at once, so that nothing but the network takes time. */
const headerSigner: Signer = () => ({ "x-api-key": "sb_sample" });

/** The failure that a result must be. */
export function failureOf<Data, E>(result: Result<Data, E>): Failure<E> {
  if (result.ok) throw new Error("the call succeeded, it should have failed");
  return result;
}
