import { errorResponse, route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { activityFilterFrom } from '@/lib/activity/filter-schema'
import { currentRunner } from '@/lib/plan/current-runner'
import { orRefusal } from '@/lib/plan/run-response'

/** What was changed, newest first; filtered by `text`, `result`, `fromMs`, `toMs`, `runId`; `beforeSeq` is the next page. */
export const GET = route({ role: 'viewer' }, (request) =>
  orRefusal(async () => {
    const filter = activityFilterFrom(request.nextUrl.searchParams)
    if (typeof filter === 'string')
      return errorResponse(400, { code: 'InvalidFilter', message: filter, remedy: 'Correct the filter.' })
    return Response.json(await currentRunner().activity(filter), { headers: dataHeaders })
  }),
)
