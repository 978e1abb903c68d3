import type { QueryOperation } from '../wire/query-service'

/** STS: who the caller is. The account comes from the access key, so the console can tell local from AWS. */
export const stsOperations: Readonly<Record<string, QueryOperation>> = {
  GetCallerIdentity: ({ scope }) => ({
    Arn: `arn:aws:iam::${scope.accountId}:root`,
    UserId: scope.accountId,
    Account: scope.accountId,
  }),
}
