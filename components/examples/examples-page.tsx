'use client'

import { PageHead } from '../plan/page-head'

/** Whole set-ups to deploy, try and remove. */
export function ExamplesPage() {
  return <PageHead title="Examples" text="Whole set-ups to deploy, call and remove again." />
}
