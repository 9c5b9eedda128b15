import { pngSize } from "@/lib/render/picture-file";
import { svg, svgSize } from "@/lib/render/svg";
import type { Bytes } from "@/lib/share/deflate";
import { pngWithData, svgData } from "@/lib/share/pictures";
import { pngOfPixels } from "@/lib/share/png-pixels";
import type { Snapshot } from "@/lib/share/snapshot";
import type { Picture } from "./prepare";

export const svgType = "image/svg+xml;charset=utf-8";

/** The picture as SVG. `carried`: what it opens as again; null: it carries nothing. */
export const svgFile = ({ scene, options }: Picture, carried: Snapshot | null): Blob => {
  const data = carried === null ? {} : { data: svgData(carried) };
  return new Blob([svg(scene, { ...options, ...data })], { type: svgType });
};

const loaded = async (url: string): Promise<HTMLImageElement> => {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
};

const painted = (image: HTMLImageElement, width: number, height: number): Promise<Bytes> => {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  if (context === null) return Promise.reject(new Error("no canvas"));
  context.drawImage(image, 0, 0, width, height);
  return pngOfPixels(
    width,
    height,
    (first, count) => context.getImageData(0, first, width, count).data,
  );
};

/** The picture as pixels. null: this browser has no room for so many, or could not paint them. */
async function pngOf(picture: Picture, scale: number): Promise<Bytes | null> {
  const { width, height, fits } = pngSize(svgSize(picture.scene, picture.options), scale);
  if (!fits) return null;
  const url = URL.createObjectURL(svgFile(picture, null));
  try {
    return await painted(await loaded(url), width, height);
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The same with what it opens as again; null as for the pixels alone. */
export async function pngFile(
  picture: Picture,
  scale: number,
  carried: Snapshot | null,
): Promise<Blob | null> {
  const pixels = await pngOf(picture, scale);
  if (pixels === null) return null;
  const whole = carried === null ? pixels : pngWithData(pixels, carried);
  return whole === null ? null : new Blob([whole], { type: "image/png" });
}
