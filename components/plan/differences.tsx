import type { Difference } from '@/lib/plan/seen'
import { factWords } from './fact-words'

/** How the world differs from what the plan was made from. */
export function Differences({ differences }: { differences: readonly Difference[] }) {
  if (differences.length === 0) return null
  return (
    <div className="mt-1 overflow-x-auto">
      <table className="w-full min-w-80 text-left text-xs">
        <thead>
          <tr className="text-ink-soft [&_th]:py-1 [&_th]:pr-4 [&_th]:font-normal">
            <th scope="col">What</th>
            <th scope="col">You saw</th>
            <th scope="col">It is</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((each) => (
            <tr
              key={`${each.subject} ${each.fact}`}
              className="border-line-strong border-t align-top [&_td]:py-1 [&_td]:pr-4"
            >
              <th scope="row" className="py-1 pr-4 font-normal text-ink">
                {factWords(each)}
              </th>
              <td className="wrap-anywhere font-mono text-ink-soft">{each.saw}</td>
              <td className="wrap-anywhere font-medium font-mono text-ink">{each.is}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
