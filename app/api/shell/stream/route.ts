import { route } from '@/lib/access/route'
import { currentShells } from '@/lib/exec/shell-console'
import { noSuchShell, refusalWhileOff, shellStream } from '@/lib/exec/shell-response'

/** What a shell of this session writes, as server-sent events. */
export const GET = route(
  { role: 'operator' },
  (request, session) =>
    refusalWhileOff(process.env) ??
    shellStream(
      currentShells(),
      request.nextUrl.searchParams.get('id') ?? '',
      session.id ?? '',
      request.headers.get('last-event-id'),
      request.signal,
    ) ??
    noSuchShell(),
)
