import { route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { currentRunner } from '@/lib/plan/current-runner'
import { lookedUp } from '@/lib/plan/looked-up'
import { runFor } from '@/lib/plan/run-for'
import { noSuchRun, orRefusal } from '@/lib/plan/run-response'

const NEWEST = 50

/** One run by `id`, or the newest ones as summaries. Viewers see no environment values. */
export const GET = route({ role: 'viewer' }, (request, session) =>
  orRefusal(async () => {
    const id = request.nextUrl.searchParams.get('id')
    const runner = currentRunner()
    if (id === null) return Response.json({ runs: await runner.list(NEWEST) }, { headers: dataHeaders })
    const now = await lookedUp(runner, id, request.signal)
    return now ? Response.json(runFor(session.role, now.record.run), { headers: dataHeaders }) : noSuchRun()
  }),
)
