import { keepFile } from "@/components/ui/keep-file";
import { pictureName, pngSize } from "@/lib/render/picture-file";
import { type SvgOptions, svg, svgSize } from "@/lib/render/svg";
import type { Scene } from "@/lib/scene/model";

const svgType = "image/svg+xml;charset=utf-8";

export const saveSvg = (scene: Scene, options: SvgOptions): void =>
  keepFile(new Blob([svg(scene, options)], { type: svgType }), pictureName(scene.host, "svg"));

const loaded = async (url: string): Promise<HTMLImageElement> => {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
};

const painted = (image: HTMLImageElement, width: number, height: number): Promise<Blob | null> => {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context === null) return Promise.resolve(null);
  context.drawImage(image, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
};

/** The SVG as pixels. false: this browser has no room for so many, or could not paint them. */
export const savePng = async (
  scene: Scene,
  options: SvgOptions,
  scale: number,
): Promise<boolean> => {
  const { width, height, fits } = pngSize(svgSize(scene, options), scale);
  if (!fits) return false;
  const url = URL.createObjectURL(new Blob([svg(scene, options)], { type: svgType }));
  const file = await loaded(url)
    .then((image) => painted(image, width, height))
    .catch(() => null);
  URL.revokeObjectURL(url);
  if (file !== null) keepFile(file, pictureName(scene.host, "png"));
  return file !== null;
};
