/** A curl or wget that is made directly. */
export type HttpCheck = {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** curl without `-f` is content with any answer. */
  readonly okBelowStatus: number
  readonly followRedirects: boolean
  readonly verifyCertificate: boolean
  /** From `--max-time` and the like; the check's own timeout holds as well. */
  readonly timeoutMs?: number
}

/** A check while its words are read. Anything but exactly one URL in the end means: use the real program. */
export type Draft = { -readonly [K in keyof HttpCheck]: HttpCheck[K] } & { urls: string[] }
export type Flag = { readonly takesValue: boolean; apply?(draft: Draft, value: string): void }

const noEffect: Flag = { takesValue: false }
const valueWithoutEffect: Flag = { takesValue: true }
const nullOnly = (value: string, draft: Draft): void => {
  // An output file that somebody reads needs the real program.
  if (value !== '/dev/null' && value !== '-') draft.urls.push('', '')
}
const seconds = (draft: Draft, value: string): void => {
  const parsed = Number(value)
  if (parsed > 0) draft.timeoutMs = parsed * 1000
}
const header = (draft: Draft, value: string): void => {
  const colon = value.indexOf(':')
  if (colon > 0)
    draft.headers = { ...draft.headers, [value.slice(0, colon).trim()]: value.slice(colon + 1).trim() }
}
const flag = (apply: (draft: Draft) => void): Flag => ({ takesValue: false, apply })
const valued = (apply: (draft: Draft, value: string) => void): Flag => ({ takesValue: true, apply })

const fail = flag((draft) => {
  draft.okBelowStatus = 400
})
const follow = flag((draft) => {
  draft.followRedirects = true
})
const trust = flag((draft) => {
  draft.verifyCertificate = false
})
const head = flag((draft) => {
  draft.method = 'HEAD'
})
const output = valued((draft, value) => nullOnly(value, draft))

/** What is known of curl; any other flag leaves the check to the real curl. */
export const curlFlags: Readonly<Record<string, Flag>> = {
  '-f': fail,
  '--fail': fail,
  '--fail-with-body': fail,
  '-s': noEffect,
  '--silent': noEffect,
  '-S': noEffect,
  '--show-error': noEffect,
  '-v': noEffect,
  '-i': noEffect,
  '-4': noEffect,
  '-L': follow,
  '--location': follow,
  '-k': trust,
  '--insecure': trust,
  '-I': head,
  '--head': head,
  '-o': output,
  '--output': output,
  '-m': valued(seconds),
  '--max-time': valued(seconds),
  '--connect-timeout': valueWithoutEffect,
  '-A': valued((draft, value) => header(draft, `user-agent: ${value}`)),
  '-H': valued(header),
  '--header': valued(header),
  '-X': valued((draft, value) => {
    draft.method = value.toUpperCase()
  }),
  '--request': valued((draft, value) => {
    draft.method = value.toUpperCase()
  }),
}

/** What is known of wget; `--spider` makes a GET, as wget itself falls back to one. */
export const wgetFlags: Readonly<Record<string, Flag>> = {
  '-q': noEffect,
  '--quiet': noEffect,
  '-nv': noEffect,
  '--no-verbose': noEffect,
  '-S': noEffect,
  '--spider': noEffect,
  '-O': output,
  '--output-document': output,
  '-t': valueWithoutEffect,
  '--tries': valueWithoutEffect,
  '-T': valued(seconds),
  '--timeout': valued(seconds),
  '--no-check-certificate': trust,
  '--header': valued(header),
}
