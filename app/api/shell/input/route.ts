import { route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { currentShells } from '@/lib/exec/shell-console'
import { shellInputSchema } from '@/lib/exec/shell-request'
import { noSuchShell, readBody, refusalWhileOff } from '@/lib/exec/shell-response'

/** What is typed in a shell of this session, a new size of its window, or its end. */
export const POST = route({ role: 'operator' }, async (request, session) => {
  const off = refusalWhileOff(process.env)
  if (off) return off
  const read = await readBody(request, shellInputSchema)
  if (read instanceof Response) return read
  const { id, keys, size, end } = read.body
  const owner = session.id ?? ''
  const shells = currentShells()
  const isThere =
    (size === undefined || shells.resize(id, owner, size)) &&
    (keys === undefined || shells.write(id, owner, Buffer.from(keys))) &&
    (end === undefined || shells.end(id, owner))
  return isThere ? new Response(null, { status: 204, headers: dataHeaders }) : noSuchShell()
})
