import type { Operation } from '../context'

/** An AWS service that speaks JSON 1.1 and is routed by `X-Amz-Target`. */
export type JsonService = {
  readonly name: string
  /** For example `AmazonEC2ContainerServiceV20141113`. */
  readonly targetPrefix: string
  /** How IAM names its actions: `ecs` in `ecs:CreateService`. */
  readonly iamPrefix: string
  readonly operations: Readonly<Record<string, Operation>>
  /** The SDK's operation schemas, by operation name. */
  readonly schemas: Readonly<Record<string, unknown>>
  /** `Structure.member` to the SDK's enum object. */
  readonly enums: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Every operation of this service at AWS. */
  readonly knownOperations: readonly string[]
  /** Operations that are refused by name, with the sentence to say; clients have no use for them. */
  readonly refusedOperations?: Readonly<Record<string, string>>
  /** The modelled error for a missing member or a value outside its enum. */
  readonly invalidInputCode: string
  /** How this service's error shapes spell the message. */
  readonly messageMember: 'message' | 'Message'
  /** Set for services that once spoke the query protocol: their errors' codes there, by code, where these differ. */
  readonly queryErrorCodes?: Readonly<Record<string, string>>
}
