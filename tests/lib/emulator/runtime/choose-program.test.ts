import { describe, expect, it } from 'vitest'
import { chooseProgram, isStandIn } from '@/lib/emulator/runtime/choose-program'
import { imageBaseName } from '@/lib/emulator/runtime/image-name'

const choose = (image: string, command: string[] = [], entryPoint: string[] = []) =>
  chooseProgram({ image, command, entryPoint })

describe('the name of an image', () => {
  it.each([
    ['nginx', 'nginx'],
    ['nginx:1.27', 'nginx'],
    ['public.ecr.aws/docker/library/node:20-alpine', 'node'],
    ['localhost:5000/team/Backend-API', 'backend-api'],
    ['localhost:5000/backend-api:latest', 'backend-api'],
    ['111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/app1@sha256:0123456789abcdef', 'app1'],
    ['ghcr.io/nandemo-ya/kecs-example-backend:v1@sha256:00', 'kecs-example-backend'],
    ['', ''],
    ['/', ''],
    [':latest', ''],
  ])('of %j is %j', (image, name) => {
    expect(imageBaseName(image)).toBe(name)
  })
})

describe('example images', () => {
  it.each([
    ['backend-api', 'backend'],
    ['backend-api:latest', 'backend'],
    ['ghcr.io/nandemo-ya/kecs-example-backend:v1', 'backend'],
    ['my-kecs-example-backend', 'backend'],
    ['frontend-web', 'frontend'],
    ['nandemo/kecs-example-frontend', 'frontend'],
    ['app1', 'app1'],
    ['registry.example.com:443/app2:2', 'app2'],
  ])('%s runs the program %s', (image, name) => {
    expect(choose(image)).toEqual({ kind: 'example', name, standIn: false, ignoredCommand: false })
  })

  it.each([
    ['redis', 'redis-server'],
    ['redis:4.0.2', 'redis-server'],
    ['mreferre/yelb-db:0.6', 'yelb-db'],
    ['mreferre/yelb-appserver:0.7', 'yelb-appserver'],
    ['public.ecr.aws/somebody/yelb-ui:0.10', 'yelb-ui'],
  ])('%s runs the program %s and is called a stand-in', (image, name) => {
    expect(choose(image)).toEqual({ kind: 'example', name, standIn: true, ignoredCommand: false })
    expect(isStandIn(choose(image))).toBe(true)
    expect(isStandIn(choose('backend-api'))).toBe(false)
  })

  it('run their own program even when a command is given, and say so', () => {
    expect(choose('backend-api', ['node', 'server.js'])).toMatchObject({
      kind: 'example',
      ignoredCommand: true,
    })
  })

  it.each(['backend-api-v2', 'app3', 'my-app1', 'kecs-example-backend-old'])(
    '%s is none of them',
    (image) => {
      expect(choose(image).kind).toBe('stand-in')
    },
  )
})

describe('node images', () => {
  it.each([
    [['node', 'server.js'], []],
    [['server.js'], []],
    [['server.js'], ['node']],
  ])('run command %j with entry point %j as node server.js', (command, entryPoint) => {
    expect(choose('node:20', command, entryPoint)).toEqual({
      kind: 'command',
      file: 'node',
      args: ['server.js'],
    })
  })

  it('take flags for node, as the official image does', () => {
    expect(choose('node', ['-e', 'x'])).toEqual({ kind: 'command', file: 'node', args: ['-e', 'x'] })
  })

  it('run any other program as it is', () => {
    expect(choose('node', ['npm', 'start'])).toEqual({ kind: 'command', file: 'npm', args: ['start'] })
  })

  it('without a command are stand-ins, since Node alone would end at once', () => {
    expect(choose('node:20')).toEqual({ kind: 'stand-in', ignoredCommand: false })
  })
})

describe('images of a shell', () => {
  it.each([
    'alpine',
    'busybox:1',
    'debian:12-slim',
    'ubuntu',
    'bash:5',
    'public.ecr.aws/amazonlinux/amazonlinux:2023',
  ])('%s runs its command on this machine', (image) => {
    expect(choose(image, ['sh', '-c', 'date'])).toEqual({ kind: 'command', file: 'sh', args: ['-c', 'date'] })
    expect(choose(image, ['date'], ['sh', '-c'])).toEqual({
      kind: 'command',
      file: 'sh',
      args: ['-c', 'date'],
    })
    expect(choose(image).kind).toBe('stand-in')
  })

  it('bash takes flags for bash', () => {
    expect(choose('bash', ['-c', 'date'])).toEqual({ kind: 'command', file: 'bash', args: ['-c', 'date'] })
  })
})

describe('everything else', () => {
  it.each(['nginx', 'memcached:1', 'python:3', 'nodejs', 'alpine-node', 'example.com/team/thing'])(
    '%s is a stand-in',
    (image) => {
      expect(choose(image)).toEqual({ kind: 'stand-in', ignoredCommand: false })
      expect(choose(image, ['run'])).toEqual({ kind: 'stand-in', ignoredCommand: true })
    },
  )
})
