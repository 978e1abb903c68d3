import { z } from 'zod'
import { errorResponse, route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { formats } from '@/lib/plan/render/rendered'
import { readExport } from '@/lib/world/read-export'
import { ExportUnread } from '@/lib/world/read-namespace-export'

const query = z.strictObject({
  namespace: z
    .string()
    .max(64)
    .regex(/^ns-[a-z0-9]+$/, 'This is no namespace id.'),
  format: z.enum(formats).nullable(),
})

/** A namespace and all that stands in it as code that would make it again. It holds environment values: for operators only. */
export const GET = route({ role: 'operator' }, async (request) => {
  const { searchParams } = request.nextUrl
  const parsed = query.safeParse({
    namespace: searchParams.get('namespace') ?? '',
    format: searchParams.get('format'),
  })
  if (!parsed.success)
    return errorResponse(400, {
      code: 'InvalidExport',
      message: 'An export is asked for by the id of a namespace and, if one is enough, a format.',
      remedy: 'Open it from the namespace on the map.',
    })
  try {
    const exported = await readExport(parsed.data.namespace, parsed.data.format)
    if (exported) return Response.json(exported, { headers: dataHeaders })
  } catch (error) {
    if (!(error instanceof ExportUnread)) throw error
    const { kind, errorName, message, remedy } = error.hole
    const status = errorName === 'NamespaceNotFound' ? 404 : kind === 'denied' ? 403 : 502
    return errorResponse(status, { code: errorName, message, remedy })
  }
  return errorResponse(502, {
    code: 'UnreadableNamespace',
    message: 'The answer holds no namespace that could be made again.',
    remedy: 'Look at the namespace in the AWS console.',
  })
})
