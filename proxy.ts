import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { refusalByOrigin } from '@/lib/access/check'
import { currentAccess } from '@/lib/access/current'
import { pageForRefusal } from '@/lib/access/refusal-page'
import { askingOf, errorResponse } from '@/lib/access/route'
import { commonHeaders, contentSecurityPolicy } from '@/lib/access/security-headers'
import { isToken, sessionCookie, sessionOf, signSession } from '@/lib/access/session'

// No matcher: pages, static files, flight data and prefetches all pass here. It is the outer wall; every route and action checks again.

function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}

const isApi = (request: NextRequest) => request.nextUrl.pathname.startsWith('/api/')
const isStatic = (request: NextRequest) => request.nextUrl.pathname.startsWith('/_next/static/')

/** The printed address: takes the token out of the address bar and leaves a session in its place. */
async function enter(request: NextRequest): Promise<Response | null> {
  const access = currentAccess()
  const token = request.nextUrl.searchParams.get('token')
  if (token === null || isApi(request) || request.method !== 'GET' || !isToken(token, access)) return null
  const query = new URLSearchParams(request.nextUrl.searchParams)
  query.delete('token')
  // The host has been checked; Next takes an absolute address only.
  const location = `${request.nextUrl.protocol}//${request.headers.get('host')}${request.nextUrl.pathname}${query.size > 0 ? `?${query}` : ''}`
  const cookie = sessionCookie(access.cookieName, await signSession(access.sessionRole))
  return new Response(null, {
    status: 303,
    headers: { Location: location, 'Set-Cookie': cookie, 'Cache-Control': 'no-store' },
  })
}

export async function proxy(request: NextRequest): Promise<Response> {
  const access = currentAccess()
  const refusal = refusalByOrigin(askingOf(request), access)
  if (refusal)
    return withHeaders(
      isApi(request) ? errorResponse(refusal.status, refusal) : pageForRefusal(refusal),
      commonHeaders,
    )
  if (isStatic(request)) return withHeaders(NextResponse.next(), commonHeaders)

  const entered = await enter(request)
  if (entered) return withHeaders(entered, commonHeaders)

  const { role } = await sessionOf(request.cookies.get(access.cookieName)?.value)
  const isStranger = role === 'anonymous'
  if (isStranger && access.mode === 'token' && !isApi(request))
    return withHeaders(
      pageForRefusal({
        status: 401,
        code: 'NoSession',
        message: 'This console asks for its key.',
        remedy: 'Open the whole address that npm start printed, with the token at its end.',
      }),
      commonHeaders,
    )

  const nonce = randomBytes(16).toString('base64')
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development')
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('Content-Security-Policy', policy)
  const response = withHeaders(NextResponse.next({ request: { headers } }), {
    ...commonHeaders,
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-store',
  })
  if (isStranger && access.mode === 'open' && request.method === 'GET')
    response.headers.append(
      'Set-Cookie',
      sessionCookie(access.cookieName, await signSession(access.sessionRole)),
    )
  return response
}
