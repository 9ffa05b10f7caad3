import type {
  AlternativePair,
  ApiPair,
  DocumentedPair,
  ErrorPair,
  OperationPair,
  PropertyPair,
  SchemaPair,
  WebhookPair,
} from "./pairs.js";
import type { Rule } from "./rule.js";
import { additionalPropertiesChanged } from "./rules/additional-properties-changed.js";
import { alternativeAdded } from "./rules/alternative-added.js";
import { alternativeRemoved } from "./rules/alternative-removed.js";
import { apiTitleChanged } from "./rules/api-title-changed.js";
import { apiVersionChanged } from "./rules/api-version-changed.js";
import { defaultChanged } from "./rules/default-changed.js";
import { deprecationChanged } from "./rules/deprecation-changed.js";
import { documentationChanged } from "./rules/documentation-changed.js";
import { enumOpennessChanged } from "./rules/enum-openness-changed.js";
import { enumValueAdded } from "./rules/enum-value-added.js";
import { enumValueRemoved } from "./rules/enum-value-removed.js";
import { errorCodeAdded } from "./rules/error-code-added.js";
import { errorCodeRemoved } from "./rules/error-code-removed.js";
import { errorEntityTypeAdded } from "./rules/error-entity-type-added.js";
import { errorEntityTypeRemoved } from "./rules/error-entity-type-removed.js";
import { errorStatusChanged } from "./rules/error-status-changed.js";
import { errorSubCodeAdded } from "./rules/error-sub-code-added.js";
import { errorSubCodeRemoved } from "./rules/error-sub-code-removed.js";
import { formatChanged } from "./rules/format-changed.js";
import { notationChanged } from "./rules/notation-changed.js";
import { operationAdded } from "./rules/operation-added.js";
import { operationAddressChanged } from "./rules/operation-address-changed.js";
import { operationAnswerChanged } from "./rules/operation-answer-changed.js";
import { operationEffectChanged } from "./rules/operation-effect-changed.js";
import { operationEncodingChanged } from "./rules/operation-encoding-changed.js";
import { operationErrorAdded } from "./rules/operation-error-added.js";
import { operationErrorRemoved } from "./rules/operation-error-removed.js";
import { operationErrorsCoverageChanged } from "./rules/operation-errors-coverage-changed.js";
import { operationInputChanged } from "./rules/operation-input-changed.js";
import { operationRemoved } from "./rules/operation-removed.js";
import { operationRenamed } from "./rules/operation-renamed.js";
import { otherKeywordChanged } from "./rules/other-keyword-changed.js";
import { propertyAdded } from "./rules/property-added.js";
import { propertyBecameOptional } from "./rules/property-became-optional.js";
import { propertyBecameRequired } from "./rules/property-became-required.js";
import { propertyRemoved } from "./rules/property-removed.js";
import { schemaDeprecationChanged } from "./rules/schema-deprecation-changed.js";
import { schemaDocumentationChanged } from "./rules/schema-documentation-changed.js";
import { serverChanged } from "./rules/server-changed.js";
import { typeChanged } from "./rules/type-changed.js";
import { validationLoosened } from "./rules/validation-loosened.js";
import { validationTightened } from "./rules/validation-tightened.js";
import { webhookAdded } from "./rules/webhook-added.js";
import { webhookEncodingChanged } from "./rules/webhook-encoding-changed.js";
import { webhookRemoved } from "./rules/webhook-removed.js";

/** Rules about the API as a whole. */
export const apiRules: readonly Rule<ApiPair>[] = [
  apiTitleChanged,
  apiVersionChanged,
  serverChanged,
];

/** Rules about operations. */
export const operationRules: readonly Rule<OperationPair>[] = [
  operationAdded,
  operationAddressChanged,
  operationAnswerChanged,
  operationEffectChanged,
  operationEncodingChanged,
  operationErrorsCoverageChanged,
  operationInputChanged,
  operationRemoved,
  operationRenamed,
];

/** Rules about webhook events. */
export const webhookRules: readonly Rule<WebhookPair>[] = [
  webhookAdded,
  webhookEncodingChanged,
  webhookRemoved,
];

/** Rules about what operations, webhook events and errors say to people. */
export const documentedRules: readonly Rule<DocumentedPair>[] = [
  deprecationChanged,
  documentationChanged,
];

/** Rules about documented errors. */
export const errorRules: readonly Rule<ErrorPair>[] = [
  errorCodeAdded,
  errorCodeRemoved,
  errorEntityTypeAdded,
  errorEntityTypeRemoved,
  errorStatusChanged,
  errorSubCodeAdded,
  errorSubCodeRemoved,
  operationErrorAdded,
  operationErrorRemoved,
];

/** Rules about a value at some place in a request or response. */
export const schemaRules: readonly Rule<SchemaPair>[] = [
  additionalPropertiesChanged,
  defaultChanged,
  enumOpennessChanged,
  enumValueAdded,
  enumValueRemoved,
  formatChanged,
  otherKeywordChanged,
  schemaDeprecationChanged,
  schemaDocumentationChanged,
  typeChanged,
  validationLoosened,
  validationTightened,
];

/** Rules about a pair in which those before find nothing, nor those about what it is made of. */
export const silentRules: readonly Rule<SchemaPair>[] = [notationChanged];

/** Rules about the properties of an object. */
export const propertyRules: readonly Rule<PropertyPair>[] = [
  propertyAdded,
  propertyBecameOptional,
  propertyBecameRequired,
  propertyRemoved,
];

/** Rules about the members of a `oneOf` or `anyOf`. */
export const alternativeRules: readonly Rule<AlternativePair>[] = [
  alternativeAdded,
  alternativeRemoved,
];
