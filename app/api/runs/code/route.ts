import { route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { currentRunner } from '@/lib/plan/current-runner'
import { renderPlan } from '@/lib/plan/render/render'
import { formats } from '@/lib/plan/render/rendered'
import { noSuchRun, orRefusal } from '@/lib/plan/run-response'

/** The plan of the run `id` in every language, for the target it ran against. It holds environment values: for operators only. */
export const GET = route({ role: 'operator' }, (request) =>
  orRefusal(async () => {
    const now = await currentRunner().read(request.nextUrl.searchParams.get('id') ?? '')
    if (!now) return noSuchRun()
    const { plan, target } = now.record.run
    return Response.json(
      { formats: formats.map((format) => renderPlan(plan, format, target)) },
      { headers: dataHeaders },
    )
  }),
)
