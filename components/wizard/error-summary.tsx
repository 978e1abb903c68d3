'use client'

import { count } from '../ui/age'
import { focusField } from './focus-field'
import type { FieldIssue } from './wizard-model'

/** What has to be put right before going on; each line leads to its field. */
export function ErrorSummary({ issues }: { issues: readonly FieldIssue[] }) {
  return (
    // Always there, so that what appears in it is read out.
    <div role="alert">
      {issues.length > 0 && (
        <div className="mb-5 rounded-card border border-bad/50 bg-bad-soft px-3 py-2.5 text-sm">
          <p className="font-medium text-ink">{count(issues.length, 'thing')} to put right</p>
          <ul className="mt-1 flex list-inside list-disc flex-col gap-0.5 text-bad-ink">
            {issues.map((issue) => (
              <li key={issue.field}>
                <button
                  type="button"
                  onClick={() => focusField(issue.field)}
                  className="wrap-anywhere rounded-chip text-left text-bad-ink underline underline-offset-2"
                >
                  {issue.message}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
