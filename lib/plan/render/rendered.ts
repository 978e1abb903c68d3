/** Where printed code is to run. */
export type RenderTarget = {
  readonly region: string
  /** null: AWS itself, so no endpoint is printed. */
  readonly endpointUrl: string | null
  readonly accountId: string | null
}

export const formats = ['cli', 'cloudformation', 'cdk', 'terraform', 'json'] as const
export type Format = (typeof formats)[number]

/** A plan in one language. */
export type Rendered = {
  readonly format: Format
  readonly text: string
  readonly fileName: string
  /** What this language cannot say, or says otherwise: `Stopping a task is not something CloudFormation can describe.` */
  readonly remarks: readonly string[]
}
