import type { Scope } from '../scope'
import { ApiError } from './api-error'

const credentialPattern = /^([^/\s]{1,128})\/(\d{8})\/([a-z0-9-]{1,32})\/([a-z0-9-]{1,64})\/aws4_request$/

/**
 * Which account and region a request belongs to, from its SigV4 `Authorization` header.
 *
 * The signature itself is deliberately not verified: the local cloud holds no secrets to verify it with, listens on
 * loopback only, and any secret key must work. The header must still have the right form, which also means that no
 * web page can send a request without a preflight.
 *
 * Throws `MissingAuthenticationTokenException` without a header and `IncompleteSignatureException` for one that is
 * not SigV4 (IAM user guide, "Signature Version 4 troubleshooting").
 */
export function readScope(authorization: string | undefined, defaultAccountId: string): Scope {
  if (!authorization) {
    throw new ApiError(
      'MissingAuthenticationTokenException',
      'Missing Authentication Token: the request has no Authorization header. Any access key works here, for example 000000000000.',
    )
  }
  if (!authorization.startsWith('AWS4-HMAC-SHA256')) {
    throw incomplete('Authorization header must begin with AWS4-HMAC-SHA256.')
  }
  const credential = fieldOf(authorization, 'Credential=')
  if (credential === undefined) throw incomplete("Authorization header requires 'Credential' parameter.")
  if (!fieldOf(authorization, 'Signature=')) {
    throw incomplete("Authorization header requires 'Signature' parameter.")
  }
  if (!fieldOf(authorization, 'SignedHeaders=')) {
    throw incomplete("Authorization header requires 'SignedHeaders' parameter.")
  }
  const found = credentialPattern.exec(credential)
  if (!found) {
    throw incomplete(
      'Credential must have exactly 5 slash-delimited elements: access-key/date/region/service/aws4_request.',
    )
  }
  const [, accessKeyId = '', , region = ''] = found
  return { accountId: /^\d{12}$/.test(accessKeyId) ? accessKeyId : defaultAccountId, region }
}

/** The text of one field, up to the next comma or space. */
function fieldOf(header: string, name: string): string | undefined {
  const at = header.indexOf(name)
  if (at < 0) return undefined
  const from = at + name.length
  let to = from
  while (to < header.length && header[to] !== ',' && header[to] !== ' ') to += 1
  return header.slice(from, to)
}

const incomplete = (message: string): ApiError => new ApiError('IncompleteSignatureException', message)
