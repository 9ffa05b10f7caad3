/** Identifiers that the client exports or that its modules use themselves: no element of a description gets one. */
export const reservedNames: readonly string[] = `
  AbortedError AnyError BatchFailure BatchResult BatchSuccess ByteStream CallOptions Client ClientError ClientOptions DataElement
  DataElementValues Drift ErrorDescription ErrorHandlers ErrorIdentity ErrorsByCode EventStream EventStreamOptions Explanation FailedItem Failure Fetch Hmac Hook
  InvalidResponseError KompliantError Ksig1Credentials Ksig1Options LineStream NetworkError
  Operation Outcome RequestEvent ResponseEvent RetryEvent ResponseInfo ResponseMeta Result
  RetryOptions Settings SignedText Signer SigningError SigningRequest StreamedEvent StreamedItem StreamOperation Success TimeoutError
  UndocumentedError Unrecognized Warning WebhookBodies WebhookPayloads
  call callStream createClient Blob decodeBatch decodeBody decodeData decodeOptionalBody detectDrift encodeParameters errorCatalogue errorKey explain
  isError ksig1 matchError matches matchResult newerValue operation OrThrown then unrecognized unwrap ViolationsByCode
`
  .trim()
  .split(/\s+/);
