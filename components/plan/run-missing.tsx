import { PlugZap } from 'lucide-react'
import Link from 'next/link'
import { buttonStyle } from '../ui/button-style'
import { EmptyState } from '../ui/empty-state'
import type { RunNews } from './follow-run'

/** There is nothing to show of a run: the console does not answer, or knows no such run. */
export function RunMissing({ news }: { news: RunNews }) {
  return (
    <EmptyState
      role="alert"
      glyph={<PlugZap aria-hidden />}
      title={news.refusal === null ? 'The console does not answer' : 'This plan cannot be shown'}
      actions={
        <Link href="/plans" className={buttonStyle({ size: 'form' })}>
          All plans
        </Link>
      }
    >
      <p>
        {news.refusal ??
          'Look at the terminal where npm start runs. This page shows the plan as soon as the console is back.'}
      </p>
    </EmptyState>
  )
}
