'use client'

import Link from 'next/link'
import type { RunSummary } from '@/lib/plan/journal'
import { momentWords, targetWords } from '../activity/activity-words'
import { formatSince } from '../ui/age'
import { useNow } from '../ui/use-now'
import { RunStateChip } from './run-state-chip'
import { tookWords } from './took'

export function PlansTable({ runs }: { runs: readonly RunSummary[] }) {
  const now = useNow(1_000)
  return (
    <section
      aria-label="Plans"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2"
    >
      <table className="w-full min-w-[720px] border-separate border-spacing-0 text-left text-xs">
        <thead>
          <tr className="[&_th]:sticky [&_th]:top-0 [&_th]:z-10 [&_th]:border-line [&_th]:border-b [&_th]:bg-surface [&_th]:px-3 [&_th]:py-2 [&_th]:font-normal [&_th]:text-ink-soft">
            <th scope="col" className="pl-6!">
              Plan
            </th>
            <th scope="col">State</th>
            <th scope="col" className="text-right">
              Steps done
            </th>
            <th scope="col">Started</th>
            <th scope="col" className="text-right">
              Took
            </th>
            <th scope="col" className="pr-6!">
              Target
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => {
            return (
              <tr
                key={run.id}
                data-run={run.id}
                className="[&>*]:border-line [&>*]:border-b [&>*]:px-3 [&>*]:py-2.5 hover:bg-raised"
              >
                <th scope="row" className="pl-6! font-normal">
                  <Link
                    href={`/plans/${encodeURIComponent(run.id)}`}
                    className="wrap-anywhere rounded-chip font-medium text-ink text-sm hover:text-accent-ink hover:underline"
                  >
                    {run.title}
                  </Link>
                </th>
                <td>
                  <RunStateChip state={run.state} />
                </td>
                <td className="text-right font-mono text-ink-soft tabular-nums">
                  {run.stepsDone}/{run.steps}
                </td>
                <td className="whitespace-nowrap text-ink-soft tabular-nums">
                  <time
                    dateTime={new Date(run.startedAtMs).toISOString()}
                    title={momentWords(run.startedAtMs)}
                  >
                    {formatSince(now - run.startedAtMs)} ago
                  </time>
                </td>
                <td className="whitespace-nowrap text-right font-mono text-ink-soft tabular-nums">
                  {tookWords(run, now)?.time}
                </td>
                <td className="whitespace-nowrap pr-6! font-mono text-ink-soft">{`${targetWords(run)} · ${run.region}`}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
