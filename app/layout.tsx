import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { OpenAnywhere } from "@/components/open/open-anywhere";
import { themeStyle } from "@/components/ui/theme-style";
import { themes } from "@/lib/render/theme";
import { runtime } from "@/server/runtime";
import { reader } from "./reader";
import "./globals.css";

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 22 22'%3E%3Cg fill='none' stroke='%236d28d9' stroke-width='2'%3E%3Crect x='1' y='5' width='7' height='12' rx='2'/%3E%3Crect x='14' y='5' width='7' height='12' rx='2'/%3E%3Cpath d='M8 9h6M8 13h6'/%3E%3C/g%3E%3C/svg%3E";

export const metadata: Metadata = {
  title: "Vethscope",
  icons: { icon },
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, date: false, address: false, email: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: themes.light.chip },
    { media: "(prefers-color-scheme: dark)", color: themes.dark.block },
  ],
};

/** Rendered for each request: the CSP's nonce, the language and the theme are the request's own. */
export default async function Layout({ children }: { readonly children: ReactNode }) {
  const { locale, theme, nonce } = await reader();
  return (
    <html
      lang={locale}
      data-theme={theme === "system" ? undefined : theme}
      // The browser's side changes both when the reader chooses others.
      suppressHydrationWarning
    >
      <head>
        <meta name="vethscope-runtime" content={runtime().id} />
        {/* Browsers hide the nonce from scripts, so it differs when React looks again. */}
        <style nonce={nonce} suppressHydrationWarning>
          {themeStyle()}
        </style>
      </head>
      <body>
        <OpenAnywhere locale={locale} theme={theme}>
          {children}
        </OpenAnywhere>
      </body>
    </html>
  );
}
