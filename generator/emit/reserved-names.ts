/** Identifiers that the client exports or that its modules use themselves: no element of a description gets one. */
export const reservedNames: readonly string[] = `
  AbortedError AnyError BatchFailure BatchResult BatchSuccess CallOptions Client ClientError ClientOptions DataElement
  DataElementValues Drift ErrorDescription ErrorHandlers ErrorIdentity ErrorsByCode Explanation Failure Fetch Hmac Hook
  InvalidResponseError KompliantError Ksig1Credentials Ksig1Options NetworkError
  Operation Outcome RequestEvent ResponseEvent RetryEvent ResponseInfo ResponseMeta Result
  RetryOptions Settings SignedText Signer SigningError SigningRequest Success TimeoutError
  UndocumentedError Unrecognized Warning WebhookBodies WebhookPayloads
  call createClient Blob decodeBatch decodeBody decodeData decodeOptionalBody detectDrift encodeParameters errorCatalogue errorKey explain
  isError ksig1 matchError matches matchResult newerValue operation OrThrown then unrecognized unwrap ViolationsByCode
`
  .trim()
  .split(/\s+/);
