'use client'

import { useState } from 'react'
import { type DeployExampleInput, deployExampleInput } from '@/lib/changes/inputs/examples'
import { type FormIssue, issuesOf } from './form-issues'
import type { Sketch } from './sketch'

const keyOf = (example: Sketch) => `switchboard.example.${example.id}`

/** What was filled in last; anything odd is forgotten. */
export function readKept(example: Sketch, kept: string | null): DeployExampleInput {
  if (kept === null) return example.defaults
  try {
    const parsed = deployExampleInput.safeParse(JSON.parse(kept))
    return parsed.success && parsed.data.example === example.id ? parsed.data : example.defaults
  } catch {
    return example.defaults
  }
}

export type Parameters = {
  readonly values: Readonly<Record<string, string | number>>
  /** What the change is asked with; null while something is wrong. */
  readonly input: DeployExampleInput | null
  readonly issues: readonly FormIssue[]
  readonly change: (field: string, value: string | number) => void
}

/** The parameters of an example, kept in this browser so that it is found again after a reload. */
export function useParameters(example: Sketch): Parameters {
  const [values, setValues] = useState<Readonly<Record<string, string | number>>>(() =>
    readKept(example, window.localStorage.getItem(keyOf(example))),
  )
  const parsed = deployExampleInput.safeParse(values)
  const change = (field: string, value: string | number) => {
    const next = { ...values, [field]: value }
    setValues(next)
    if (deployExampleInput.safeParse(next).success)
      window.localStorage.setItem(keyOf(example), JSON.stringify(next))
  }
  return {
    values,
    input: parsed.success ? parsed.data : null,
    issues: parsed.success ? [] : issuesOf(parsed.error),
    change,
  }
}
