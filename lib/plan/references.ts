import { isRef, type OutputName, type Ref } from './command'

/** A reference to something that its step did not give. */
export class UnresolvedRef extends Error {
  override readonly name = 'UnresolvedRef'
  constructor({ $ref }: Ref) {
    super(`Step ${$ref.step} gave no ${$ref.output}.`)
  }
}

type Outputs = (stepId: string) => Readonly<Partial<Record<OutputName, string>>>

/** An input with every reference replaced by what the step gave. Throws `UnresolvedRef`. */
export function resolveRefs(value: unknown, outputs: Outputs): unknown {
  if (isRef(value)) {
    const given = outputs(value.$ref.step)[value.$ref.output]
    if (given === undefined) throw new UnresolvedRef(value)
    return given
  }
  if (Array.isArray(value)) return value.map((item) => resolveRefs(item, outputs))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveRefs(item, outputs)]))
}

/** Every reference in an input. */
export function refsIn(value: unknown): readonly Ref[] {
  if (isRef(value)) return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(refsIn)
}
