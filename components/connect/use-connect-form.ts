'use client'

import { toNestErrors } from '@hookform/resolvers'
import { useEffect, useEffectEvent, useMemo } from 'react'
import {
  type DefaultValues,
  type Path,
  type Resolver,
  type UseFormReturn,
  useForm,
  useWatch,
} from 'react-hook-form'
import type { Choices } from '@/lib/changes/choices'
import type { ConnectDraft } from '@/lib/changes/connect/draft'
import { serviceConnectInput } from '@/lib/changes/inputs/service-connect'
import { checkValues } from '../wizard/check-values'
import { errorFields } from '../wizard/error-fields'
import type { FieldIssue } from '../wizard/wizard-model'
import { type ConnectValues, fieldOf, toConnectInput } from './values'

export type ConnectForm = {
  readonly form: UseFormReturn<ConnectValues>
  readonly values: ConnectValues
  /** What the server gets; null while something is wrong. */
  readonly input: unknown
  readonly issues: readonly FieldIssue[]
}

/** The form of a service's Service Connect: judged by the change's own schema, at the field that is wrong. */
export function useConnectForm(first: ConnectValues, draft: ConnectDraft, choices: Choices): ConnectForm {
  const rules = useMemo(
    () => ({
      schema: serviceConnectInput,
      toInput: (values: ConnectValues) => toConnectInput(values, draft, choices),
      fieldOf,
    }),
    [draft, choices],
  )
  const resolver: Resolver<ConnectValues> = (values, _context, options) => {
    const { issues } = checkValues(rules, values)
    if (issues.length === 0) return { values, errors: {} }
    const flat = Object.fromEntries(
      issues.map((issue) => [issue.field, { type: 'schema', message: issue.message }]),
    )
    return { values: {}, errors: toNestErrors<ConnectValues>(flat, options) }
  }
  const form = useForm<ConnectValues>({
    // React Hook Form wants every part optional here; these values are whole.
    defaultValues: first as DefaultValues<ConnectValues>,
    resolver,
    mode: 'onChange',
    shouldFocusError: false,
  })
  const values = useWatch({ control: form.control, compute: (all: ConnectValues) => all })
  const checked = useMemo(() => checkValues(rules, values), [rules, values])
  // What is put right by another field stops being marked too.
  const { errors } = form.formState
  const checkMarked = useEffectEvent((now: typeof checked) => {
    const known = new Set(now.issues.map((issue) => issue.field))
    for (const field of errorFields(errors))
      if (!known.has(field)) form.clearErrors(field as Path<ConnectValues>)
  })
  useEffect(() => checkMarked(checked), [checked])
  return { form, values, input: checked.input, issues: checked.issues }
}
