"use client";

import Link from "next/link";
import { Mark } from "@/components/ui/mark";
import { useWords } from "@/components/ui/words";

export function Brand() {
  const words = useWords();
  return (
    <Link
      href="/"
      prefetch={false}
      aria-label={words("header.home")}
      className="flex h-8 items-center gap-2 rounded-md pr-1 text-[15px] font-semibold tracking-[-0.01em]"
    >
      <Mark />
      <span className="hidden sm:inline">{words("product.name")}</span>
    </Link>
  );
}
