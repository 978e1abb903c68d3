import { route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'

/** Whether the console answers. It tells nothing about the target, so nobody needs a session for it. */
export const GET = route({ role: 'anonymous' }, () =>
  Response.json({ status: 'ok', service: 'switchboard-console', pid: process.pid }, { headers: dataHeaders }),
)
