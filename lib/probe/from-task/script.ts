import { quoteWord } from '@/lib/exec/script'
import { problemOfPath } from '../path'
import { type Method, methods } from '../trip'

/** One HTTP request as it is made inside a task. */
export type TaskRequest = {
  /** A name or an address literal, as it stands in a URL: IPv6 in brackets. */
  readonly host: string
  readonly port: number
  readonly method: Method
  readonly path: string
  /** The `Host` header. */
  readonly hostHeader: string
  /** Value of `x-switchboard-call`. */
  readonly callId: string
}

/** The programs that can make it, in the order in which they are tried. `curl` alone tells all times. */
export const tools = ['curl', 'wget', 'node', 'python3', 'bash', 'nc'] as const
export type Tool = (typeof tools)[number]

/** Whole seconds: not every program takes parts of one. */
export type TaskCallLimits = { readonly connectSeconds: number; readonly totalSeconds: number }

export const taskCallLimits: TaskCallLimits = { connectSeconds: 2, totalSeconds: 5 }

const accept = 'application/json, text/plain;q=0.9, */*;q=0.5'

const hostPattern = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[[0-9a-f:.]{2,45}\])$/
const headerPattern = /^[\x21-\x7e]{1,300}$/

/** Refuses what is not clearly one request to one place. The callers have checked it all; this is the last look before a shell. */
function check({ host, port, method, path, hostHeader, callId }: TaskRequest, mark: string): void {
  const isFine =
    hostPattern.test(host) &&
    Number.isInteger(port) &&
    port >= 1 &&
    port <= 65_535 &&
    methods.includes(method) &&
    problemOfPath(path) === null &&
    headerPattern.test(hostHeader) &&
    headerPattern.test(callId) &&
    /^[0-9a-f]{8,64}$/.test(mark)
  if (!isFine) throw new RangeError('This is not one HTTP request that could be made in a task.')
}

const hasBody = (method: Method): boolean => method === 'POST' || method === 'PUT' || method === 'PATCH'

const words = (...list: readonly string[]): string => list.map(quoteWord).join(' ')

/** The raw request, one line per word: for programs that know TCP and nothing else. */
const rawLines = (request: TaskRequest): readonly string[] => [
  `${request.method} ${request.path} HTTP/1.1`,
  `Host: ${request.hostHeader}`,
  `Accept: ${accept}`,
  'User-Agent: switchboard',
  `x-switchboard-call: ${request.callId}`,
  ...(hasBody(request.method) ? ['Content-Length: 0'] : []),
  'Connection: close',
  '',
]

const headers = (request: TaskRequest): readonly string[] => [
  `Host: ${request.hostHeader}`,
  `Accept: ${accept}`,
  'User-Agent: switchboard',
  `x-switchboard-call: ${request.callId}`,
]

const curl = (request: TaskRequest, mark: string, limits: TaskCallLimits): string => {
  const method = request.method === 'HEAD' ? ['-I'] : ['-i', '-X', request.method]
  const fields = [
    '%{http_code}',
    '%{remote_ip}',
    '%{time_namelookup}',
    '%{time_connect}',
    '%{time_starttransfer}',
    '%{time_total}',
  ]
  const all = [...headers(request), ...(hasBody(request.method) ? ['Content-Length: 0'] : [])]
  return words(
    // First, or it does not count: nobody's ~/.curlrc decides here, and no proxy.
    ...['curl', '-q', '-sS', '-g', '--path-as-is', '--noproxy', '*'],
    ...['--connect-timeout', String(limits.connectSeconds), '--max-time', String(limits.totalSeconds)],
    ...method,
    ...all.flatMap((line) => ['-H', line]),
    ...['-w', `\\n@${mark} done ${fields.join('|')}`],
    `http://${request.host}:${request.port}${request.path}`,
  )
}

/** GNU's must be kept from trying again and from following; busybox's knows no redirects of other hosts by flag. */
const wget = (request: TaskRequest, limits: TaskCallLimits): string => {
  const own = words(
    ...['-S', '-O', '-', '-T', String(limits.totalSeconds), '-t', '1'],
    ...headers(request).flatMap((line) => ['--header', line]),
    `http://${request.host}:${request.port}${request.path}`,
  )
  const gnu = '-nv --no-config --max-redirect=0 --no-proxy --content-on-error --no-hsts'
  return `case "$(wget --version 2>&1)" in *GNU*) wget ${gnu} ${own} ;; *) wget -q -Y off ${own} ;; esac`
}

// Both print what came as it came, then the address and the times in seconds.
const nodeProgram = ({
  connectSeconds,
  totalSeconds,
}: TaskCallLimits): string => `const[m,h,p,...l]=process.argv.slice(1);const t=performance.now();const n=[0,0,0];let a="";
const s=require("net").connect({host:h.replace(/^\\[|\\]$/g,""),port:+p});const d=()=>((performance.now()-t)/1e3).toFixed(6);
const end=e=>{if(e)process.stderr.write(e.code+" "+e.message);process.stdout.write("\\n@"+m+" done 000|"+a+"|"+n.join("|")+"|"+d(),()=>process.exit(e?1:0))};
s.on("lookup",()=>{n[0]=d()});s.on("connect",()=>{n[1]=d();a=s.remoteAddress;s.write(l.join("\\r\\n")+"\\r\\n")});
s.on("data",b=>{if(!n[2])n[2]=d();process.stdout.write(b)});s.on("error",end);s.on("close",()=>end());
setTimeout(()=>{if(!a)end({code:"ETIMEDOUT",message:"no connection"})},${connectSeconds * 1000});setTimeout(()=>end({code:"ETIMEDOUT",message:"not finished"}),${totalSeconds * 1000})`

const pythonProgram = ({ connectSeconds, totalSeconds }: TaskCallLimits): string => `import sys,time,socket
m,h,p=sys.argv[1:4];q="\\r\\n".join(sys.argv[4:])+"\\r\\n";t=time.time();n=[0,0,0];a="";o=sys.stdout.buffer;x=0
d=lambda:round(time.time()-t,6)
try:
  i=socket.getaddrinfo(h.strip("[]"),int(p),0,socket.SOCK_STREAM)[0][4];n[0]=d()
  s=socket.create_connection(i[:2],${connectSeconds});n[1]=d();a=s.getpeername()[0];s.sendall(q.encode())
  while True:
    s.settimeout(max(0.01,${totalSeconds}-d()));b=s.recv(65536)
    if not b:break
    n[2]=n[2] or d();o.write(b);o.flush()
except Exception as e:
  sys.stderr.write(type(e).__name__+" "+str(e));x=1
o.write(("\\n@"+m+" done 000|"+a+"|"+"|".join(map(str,n))+"|"+str(d())).encode());o.flush();sys.exit(x)`

const bare = (host: string): string => host.replace(/^\[|\]$/g, '')

const programs = (
  request: TaskRequest,
  mark: string,
  limits: TaskCallLimits,
): readonly (readonly [tool: Tool, line: string])[] => {
  const raw = rawLines(request)
  const place = [request.host, String(request.port)]
  const limited = `$(command -v timeout >/dev/null 2>&1 && echo timeout ${limits.totalSeconds})`
  const socket = 'exec 3<>"/dev/tcp/$1/$2" || exit 7; shift 2; printf "%s\\r\\n" "$@" >&3; exec cat <&3'
  return [
    ['curl', curl(request, mark, limits)],
    // busybox's wget sends nothing but GET.
    ...(request.method === 'GET' ? ([['wget', wget(request, limits)]] as const) : []),
    ['node', words('node', '-e', nodeProgram(limits), mark, ...place, ...raw)],
    ['python3', words('python3', '-c', pythonProgram(limits), mark, ...place, ...raw)],
    [
      'bash',
      `${limited} ${words('bash', '-c', socket, 'bash', bare(request.host), String(request.port), ...raw)}`,
    ],
    [
      'nc',
      `printf '%s\\r\\n' ${words(...raw)} | nc -w ${limits.totalSeconds} ${words(bare(request.host), String(request.port))}`,
    ],
  ]
}

/**
 * A POSIX shell script that makes exactly one request with the first program the container has, and tells what the name meant there.
 * Everything variable is one quoted word. `mark`: hexadecimal digits that the answer does not hold. Throws `RangeError` for anything
 * that is not one request.
 */
export function buildScript(
  request: TaskRequest,
  mark: string,
  limits: TaskCallLimits = taskCallLimits,
): string {
  check(request, mark)
  const branches = programs(request, mark, limits).map(
    ([tool, line], index) =>
      `${index === 0 ? 'if' : 'elif'} command -v ${tool} >/dev/null 2>&1; then
printf '@%s tool ${tool}\\n' "$m"
{ e=$( { ${line} >&4; } 2>&1 ); x=$?; } 4>&1`,
  )
  return `m=${quoteWord(mark)}; e=; x=127
if command -v getent >/dev/null 2>&1; then getent ahosts ${quoteWord(bare(request.host))} 2>/dev/null | while read -r a b; do printf '@%s address %s\\n' "$m" "$a"; done; fi
${branches.join('\n')}
else printf '@%s tool none\\n' "$m"; fi
printf '\\n@%s exit %s\\n@%s error %s\\n' "$m" "$x" "$m" "$e"`
}
