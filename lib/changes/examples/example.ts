import type { DeployExampleInput, ExampleId } from '../inputs/examples'

/** One service of an example, with the example's parameters filled in. */
export type ExampleService = {
  /** Its discovery name, and its container's. */
  readonly name: string
  /** The ECS service's. */
  readonly serviceName: string
  readonly image: string
  readonly port: number
  readonly speaks: 'http' | 'tcp'
  readonly environment: readonly { readonly name: string; readonly value: string }[]
  /** A path that answers 200 when it is well; null: no container health check. */
  readonly healthPath: string | null
  readonly desiredCount: number
  /** How it is in Service Connect; absent: found by service discovery instead. */
  readonly connect?: 'client' | 'client and server'
}

/** A box of the drawing, by the service's discovery name. */
export type ExampleNode = { readonly name: string; readonly port: number; readonly says: string }

/** A line of the drawing: `from` has `variable`, which names `to`. */
export type ExampleEdge = { readonly from: string; readonly to: string; readonly variable: string }

/** How to see that a declared line works: ask this service for this path; answering, it makes the call itself. */
export type ExampleCall = {
  readonly from: string
  readonly to: string
  readonly ask: { readonly service: string; readonly port: number; readonly path: string }
  /** The callee by itself, without the caller between; null where it speaks no HTTP. */
  readonly direct: { readonly service: string; readonly port: number; readonly path: string } | null
}

type InputOf<Id extends ExampleId> = Extract<DeployExampleInput, { example: Id }>

/** A number that a person may choose. */
export type ExampleCount<Id extends ExampleId = ExampleId> = {
  readonly field: Exclude<keyof InputOf<Id>, 'example' | 'clusterName' | 'namespaceName'> & string
  readonly service: string
}

/** An example: what it shows, what can be chosen, and what it is made of. */
export type Example<Id extends ExampleId = ExampleId> = {
  readonly id: Id
  readonly title: string
  /** One sentence under the title. */
  readonly summary: string
  /** What a person learns from it, a sentence each. */
  readonly teaches: readonly string[]
  readonly defaults: InputOf<Id>
  readonly counts: readonly ExampleCount<Id>[]
  readonly nodes: readonly ExampleNode[]
  readonly edges: readonly ExampleEdge[]
  readonly calls: readonly ExampleCall[]
  /** Callees first, as they must be made. */
  readonly services: (input: InputOf<Id>) => readonly ExampleService[]
}
