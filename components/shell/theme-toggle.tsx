'use client'

import { Moon, Sun } from 'lucide-react'
import { useTheme } from 'next-themes'
import { useCommandHandler } from '../topology/keys/command-bus'
import { IconButton } from '../ui/icon-button'

export function ThemeToggle() {
  const { resolvedTheme, setTheme } = useTheme()
  const toggle = () => setTheme(resolvedTheme === 'dark' ? 'light' : 'dark')
  useCommandHandler((command) => {
    if (command.kind !== 'theme') return false
    toggle()
    return true
  })
  return (
    <IconButton label="Light or dark" shortcut="d" onPress={toggle} tone="plain" className="border-line">
      {/* Both are there and CSS picks: the server does not know the theme. */}
      <Moon aria-hidden className="dark:hidden" />
      <Sun aria-hidden className="not-dark:hidden" />
    </IconButton>
  )
}
