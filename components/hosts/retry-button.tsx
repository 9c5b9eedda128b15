"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";

export function RetryButton({ text }: { readonly text: string }) {
  const router = useRouter();
  return <Button onClick={() => router.refresh()}>{text}</Button>;
}
