import { type ZodType, z } from 'zod'
import type { TargetIdentity } from '@/lib/inventory/model'

/** What a wizard keeps of a person's work; the values are the form's own and may be unfinished. */
export type KeptDraft<Values> = {
  readonly values: Values
  /** The place of the step furthest along that was opened. */
  readonly furthest: number
  /** null: kept without its intent, so that another tab cannot take the same one. */
  readonly intentId: string | null
}

/** Moves when a wizard's values mean something else: older drafts are left behind. */
const VERSION = 1

const envelope = z.object({
  version: z.literal(VERSION),
  values: z.unknown(),
  furthest: z.int().min(0).max(20),
  intentId: z.string().max(64).nullable(),
})

/** Where a draft is kept: one per wizard and per place that it is for. */
export function draftKey(wizard: string, target: TargetIdentity): string {
  const place = [target.kind, target.accountId ?? '', target.region, target.endpointUrl ?? '']
  return ['switchboard.draft', wizard, ...place].join('|')
}

export function writeDraft<Values>(draft: KeptDraft<Values>): string {
  return JSON.stringify({ version: VERSION, ...draft })
}

/** A draft as it was kept; null when there is none, or none of this version and shape. */
export function readDraft<Values>(text: string | null, shape: ZodType<Values>): KeptDraft<Values> | null {
  if (text === null) return null
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return null
  }
  const stored = envelope.safeParse(parsed)
  if (!stored.success) return null
  const values = shape.safeParse(stored.data.values)
  if (!values.success) return null
  return { values: values.data, furthest: stored.data.furthest, intentId: stored.data.intentId }
}
