// Every documented error has names to import, and each of them means one thing.
import type {
  AccountConfigurationViolationError,
  AccountProvisioningPrecheckFailed,
  AccountProvisioningViolation,
  BadRequestDetail,
  BadRequestError,
  BusinessMaxBankAccountLimit,
  ErrorsByCode,
  MaxBankAccountLimit,
  PrecheckFailed,
  PropayExecuteError,
  PropayExecuteErrorCode,
  SubjectRecordMaxBankAccountLimit,
  SystemRuleViolationError,
} from "../../../generated/index.js";
import { same } from "../support/same.js";

same<PropayExecuteErrorCode, PropayExecuteError["code"]>(true);
same<PrecheckFailed, AccountProvisioningPrecheckFailed>(true);
same<PrecheckFailed["code"], "SYSTEM_RULE_VIOLATION">(true);
same<PrecheckFailed["entity_type"], "AccountProvisioning">(true);
same<AccountProvisioningViolation["entity_type"], "AccountProvisioning">(true);
same<
  AccountProvisioningViolation["code"],
  "ACCOUNT_CONFIGURATION_VIOLATION" | "SYSTEM_RULE_VIOLATION"
>(true);
same<SystemRuleViolationError["code"], "SYSTEM_RULE_VIOLATION">(true);
same<ErrorsByCode["SYSTEM_RULE_VIOLATION"], SystemRuleViolationError>(true);
same<
  ErrorsByCode["ACCOUNT_CONFIGURATION_VIOLATION"],
  AccountConfigurationViolationError
>(true);

// One sub-code under two entity types: a name for each, and one for both.
same<BusinessMaxBankAccountLimit["entity_type"], "Business">(true);
same<SubjectRecordMaxBankAccountLimit["entity_type"], "SubjectRecord">(true);
same<
  MaxBankAccountLimit,
  BusinessMaxBankAccountLimit | SubjectRecordMaxBankAccountLimit
>(true);

same<BadRequestError["details"], BadRequestDetail[] | undefined>(true);
same<BadRequestDetail["field"], string>(true);
