/** Where a request belongs: AWS keeps state per account and region, and so does the local cloud. */
export type Scope = {
  /** 12 digits. Taken from the access key when that is 12 digits, else `000000000000`. */
  readonly accountId: string
  /** From the third slash field of the SigV4 credential, for example `us-east-1`. */
  readonly region: string
}
