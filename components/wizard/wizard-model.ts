import type { ComponentType } from 'react'
import type { FieldValues } from 'react-hook-form'
import type { ZodType } from 'zod'
import type { ChangeKind } from '@/lib/changes/change'

/** One page of a wizard. */
export type WizardStep<Values> = {
  /** In the address: `how-others-find-it`. */
  readonly id: string
  readonly title: string
  /** What the step is about, in one or two sentences. */
  readonly intro: string
  /** Where its fields lie in the values: an issue at `ports.0.name` belongs to the step that has `ports`. */
  readonly fields: readonly string[]
  /** What was chosen, in one short line under the finished step. */
  readonly summary: (values: Values) => string
  readonly Body: ComponentType
}

/** A wizard as data: its steps, its values and how they become the input of a change. */
export type WizardDefinition<Values extends FieldValues> = {
  /** In the address and in the draft's key. */
  readonly id: string
  readonly kind: ChangeKind
  /** `Create namespace`. */
  readonly title: string
  readonly steps: readonly WizardStep<Values>[]
  /** What a kept draft must look like; says nothing of whether the values will do. */
  readonly shape: ZodType<Values>
  /** The change's own schema: the server checks with the same. */
  readonly schema: ZodType
  readonly toInput: (values: Values) => unknown
  /** The field that shows an issue at this place of the input; by default the place itself. */
  readonly fieldOf?: (path: string, values: Values) => string
  /** What stands in the way though the values are right: a name that is taken. */
  readonly objections?: (values: Values) => readonly FieldIssue[]
  readonly withoutSecrets: (values: Values) => Values
}

/** Something wrong, at the field where it can be put right. */
export type FieldIssue = { readonly field: string; readonly message: string }
