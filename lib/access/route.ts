import 'server-only'
import type { NextRequest } from 'next/server'
import { type Asking, checkAccess, type Refusal } from './check'
import { currentAccess } from './current'
import type { Role } from './role'
import { dataHeaders } from './security-headers'

export type RouteOptions = {
  /** Who may call it. Every route declares one. */
  readonly role: Role
}

/** What the wrapper promises a handler. */
export type Session = {
  readonly role: Role
  /** null: nobody in particular. */
  readonly id: string | null
}

type Handler = (request: NextRequest, session: Session) => Promise<Response> | Response

/** A route handler that knows who may call it. */
export type Route = ((request: NextRequest) => Promise<Response>) & { readonly declaredRole: Role }

export function askingOf(request: Request & { cookies: NextRequest['cookies'] }): Asking {
  return {
    isChange: request.method !== 'GET' && request.method !== 'HEAD',
    header: (name) => request.headers.get(name),
    cookie: (name) => request.cookies.get(name)?.value,
  }
}

/** An error as every route tells it: a code, a sentence, a next step. */
export function errorResponse(
  status: number,
  error: { readonly code: string; readonly message: string; readonly remedy: string },
): Response {
  return Response.json({ error }, { status, headers: dataHeaders })
}

const refusalResponse = ({ status, code, message, remedy }: Refusal) =>
  errorResponse(status, { code, message, remedy })

/** What went wrong inside a handler: told in full when it is the console's own setting, else only that it did. */
function unexpected(error: unknown) {
  if (error instanceof Error && 'code' in error && error.code === 'TargetSettings')
    return {
      code: 'TargetSettings',
      message: error.message,
      remedy: 'Start the console again with other options.',
    }
  return {
    code: 'Unexpected',
    message: 'The console failed at this.',
    remedy: 'The terminal of npm start shows the error. Try again.',
  }
}

/** Wraps a route handler: Host, Origin, session and role are checked here, then the handler runs. */
export function route(options: RouteOptions, handler: Handler): Route {
  const wrapped = async (request: NextRequest): Promise<Response> => {
    const verdict = await checkAccess(askingOf(request), options.role, currentAccess())
    if (verdict.refusal) return refusalResponse(verdict.refusal)
    try {
      return await handler(request, { role: verdict.role, id: verdict.sessionId })
    } catch (error) {
      // Who asked has gone, as a form does with the preview of what was typed a moment ago: nobody waits, and nothing failed.
      if (request.signal.aborted) return new Response(null, { status: 499 })
      console.error(error)
      return errorResponse(500, unexpected(error))
    }
  }
  return Object.assign(wrapped, { declaredRole: options.role })
}
