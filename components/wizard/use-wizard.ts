'use client'

import { toNestErrors } from '@hookform/resolvers'
import { parseAsString, useQueryState } from 'nuqs'
import { useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from 'react'
import {
  type DefaultValues,
  type FieldValues,
  get,
  type Path,
  type Resolver,
  type UseFormReturn,
  useForm,
  useWatch,
} from 'react-hook-form'
import type { TargetIdentity } from '@/lib/inventory/model'
import { checkValues, clampStep, issuesBySteps, worthMarking } from './check-values'
import { errorFields } from './error-fields'
import { useDraftStore, useLeaveWarning } from './use-draft'
import type { FieldIssue, WizardDefinition } from './wizard-model'

export type WizardState<Values extends FieldValues> = {
  readonly form: UseFormReturn<Values>
  readonly values: Values
  /** What the server gets; null while something is wrong. */
  readonly input: unknown
  /** Place of the step in sight; the last is the review. */
  readonly at: number
  readonly furthest: number
  /** By step, the review last. */
  readonly issues: readonly (readonly FieldIssue[])[]
  /** What the summary on top of the step shows: only after somebody tried to go on. */
  readonly shownIssues: readonly FieldIssue[]
  readonly isSaved: boolean
  readonly isDirty: boolean
  readonly intentId: string
  readonly renewIntent: () => void
  readonly goTo: (at: number) => void
  readonly next: () => void
  readonly startOver: () => void
  readonly forget: () => void
}

/** The form, its draft and the step in the address. */
export function useWizard<Values extends FieldValues>(
  wizard: WizardDefinition<Values>,
  initial: Values,
  target: TargetIdentity,
): WizardState<Values> {
  const store = useDraftStore({ ...wizard, wizard: wizard.id, target })
  // What there is to choose from may be read again; the untouched form stays what it was.
  const [first] = useState(initial)
  const [kept] = useState(() => store.load())
  const [intentId, setIntentId] = useState(() => kept?.intentId ?? crypto.randomUUID())
  const [furthest, setFurthest] = useState(kept?.furthest ?? 0)
  const isSaved = useSyncExternalStore(store.subscribe, store.works, () => true)
  const [isForgotten, setForgotten] = useState(false)
  const [triedAt, setTriedAt] = useState<number | null>(null)
  const [stepId, setStepId] = useQueryState('step', parseAsString.withOptions({ history: 'push' }))

  const resolver: Resolver<Values> = (values, _context, options) => {
    const { issues: all } = checkValues(wizard, values)
    // A row that was just added is empty because nobody has been there yet: adding is no answer to mark.
    const lists = (options.names ?? []).filter((name) => Array.isArray(get(values, name)))
    const issues = worthMarking(all, lists, errorFields(form.formState.errors))
    if (issues.length === 0) return { values, errors: {} }
    const flat = Object.fromEntries(
      issues.map((issue) => [issue.field, { type: 'schema', message: issue.message }]),
    )
    return { values: {}, errors: toNestErrors<Values>(flat, options) }
  }
  const form = useForm<Values>({
    // React Hook Form wants every part optional here; these values are whole.
    defaultValues: (kept?.values ?? first) as DefaultValues<Values>,
    resolver,
    mode: 'onTouched',
    shouldFocusError: false,
  })
  const values = useWatch({ control: form.control, compute: (all: Values) => all })

  const checked = useMemo(() => checkValues(wizard, values), [wizard, values])
  const issues = useMemo(
    () => issuesBySteps([...wizard.steps, { fields: [] }], checked.issues),
    [wizard, checked],
  )
  const count = wizard.steps.length + 1
  const wanted = wizard.steps.findIndex((step) => step.id === stepId)
  const at = clampStep(stepId === 'review' ? count - 1 : wanted, furthest, count)
  const isDirty = useMemo(() => JSON.stringify(values) !== JSON.stringify(first), [values, first])

  useEffect(() => {
    if (isForgotten) return
    store.save({ values, furthest, intentId })
  }, [store, values, furthest, intentId, isForgotten])
  useLeaveWarning(isDirty && !isSaved && !isForgotten)

  // What is put right stops being marked, also when it was put right by another field.
  const { errors } = form.formState
  const checkMarked = useEffectEvent((now: typeof checked) => {
    const marked = errorFields(errors)
    const known = new Map(now.issues.map((issue) => [issue.field, issue.message]))
    for (const field of marked) {
      const message = known.get(field)
      if (message === undefined) form.clearErrors(field as Path<Values>)
      else form.setError(field as Path<Values>, { type: 'schema', message })
    }
  })
  useEffect(() => checkMarked(checked), [checked])

  const goTo = (place: number) => {
    setTriedAt(null)
    setFurthest((before) => Math.max(before, place))
    void setStepId(wizard.steps[place]?.id ?? 'review')
  }
  const showErrorsOf = (place: number) => {
    for (const { field, message } of issues[place] ?? [])
      form.setError(field as Path<Values>, { type: 'schema', message })
  }
  const next = () => {
    if (at >= count - 1) return
    if ((issues[at]?.length ?? 0) === 0) return goTo(at + 1)
    setTriedAt(at)
    showErrorsOf(at)
  }

  return {
    form,
    values,
    input: checked.input,
    at,
    furthest,
    issues,
    shownIssues: triedAt === at ? (issues[at] ?? []) : [],
    isSaved,
    isDirty,
    intentId,
    renewIntent: () => setIntentId(crypto.randomUUID()),
    goTo,
    next,
    startOver: () => {
      store.clear()
      form.reset(first as DefaultValues<Values>)
      setFurthest(0)
      setTriedAt(null)
      setIntentId(crypto.randomUUID())
      void setStepId(wizard.steps[0]?.id ?? null)
    },
    forget: () => {
      setForgotten(true)
      store.clear()
    },
  }
}
