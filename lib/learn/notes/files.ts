import type { Note } from "@/lib/learn/note";

export const imageLayers: Note = {
  en: {
    why: "Ten containers of one image should not need ten copies of it. An image is a stack of layers, each one the files that a build step added or changed, named by a digest of their content. Layers are read-only and shared, between containers and between images. Each container gets one thin writable layer on top; the kernel’s `overlay` file system (no relation of the [[overlay|overlay]] network) shows all of them as one tree. What a container changes is copied up into its own layer first.",
    picture:
      "web and web2 stand on the same three layers, `sha256:9e1c…` and below, and have a writable layer each. The picture of a host shows wires, not files; in a container’s details you find its image.",
    wrong: [
      {
        claim: "Deleting a file in a later build step makes the image smaller.",
        truth:
          "The file stays in the layer below; the new layer only hides it. Secrets that were copied in once are still there.",
      },
      {
        claim: "What I write in a container is kept in the image.",
        truth:
          "It is in the writable layer, and goes with the container. What has to stay belongs into a [[volumes|volume]].",
      },
      {
        claim: "`docker images` adds up to the space used.",
        truth:
          "Shared layers are counted once for each image there. `docker system df` knows better.",
      },
    ],
    hand: "Compare the digests of two images: where the first lines are equal, they share those layers.",
  },
  "zh-CN": {
    why: "同一个镜像的十个容器，不该存十份。镜像是一叠层，每层是某个构建步骤新增或修改的文件，以内容的摘要命名。层是只读的，容器之间、镜像之间都可以共享。每个容器在最上面再加薄薄一层可写层；内核的 `overlay` 文件系统（和 [[overlay|overlay]] 网络没有关系）把它们叠成一棵目录树。容器要改某个文件，先把它复制到自己的可写层里。",
    picture:
      "web 和 web2 建立在同样三层之上（`sha256:9e1c…` 以及下面两层），各有一个可写层。宿主机那张图画的是线路，不是文件；容器用的镜像在它的详情里。",
    wrong: [
      {
        claim: "后面的构建步骤里删掉文件，镜像就变小了。",
        truth: "文件还在下面那层，新的一层只是把它遮住。曾经复制进去的密钥也还在里面。",
      },
      {
        claim: "在容器里写的东西会留在镜像里。",
        truth: "它在可写层里，容器删了就没了。要留下来的请放进[[volumes|卷]]。",
      },
      {
        claim: "把 `docker images` 的大小加起来就是占用的空间。",
        truth: "共享的层在那里每个镜像都算了一遍，要看 `docker system df`。",
      },
    ],
    hand: "比较两个镜像的摘要列表：开头几行相同，就共享那几层。",
  },
};

export const volumes: Note = {
  en: {
    why: "A container’s writable [[image-layers|layer]] goes when the container goes. What has to outlive it is mounted from outside. A volume is a folder that Docker manages (`/var/lib/docker/volumes/NAME/_data`). A bind mount is any folder or file of the host, put in as it is. `tmpfs` is memory. Two containers with the same source see the same files: a connection that no wire shows. Propagation says what happens to mounts made later below it: `rprivate` (the default of bind mounts) keeps them apart, `rslave` lets the host’s come in, `rshared` lets both sides see both.",
    picture:
      "Left the path inside the container, right what is behind it on the host: the volume dbdata, a file of `/srv/app` that is mounted `ro`, and RAM. In a container’s details its mounts are listed.",
    wrong: [
      {
        claim: "Mounting a volume over a folder copies the image’s files every time.",
        truth:
          "Only into an empty volume, once. A bind mount copies nothing: it hides what was there.",
      },
      {
        claim: "`docker.sock` mounted with `:ro` is safe.",
        truth:
          "Read-only protects the file, not what is said through it. Whoever can talk to the engine is root on the host.",
      },
      {
        claim: "I edited a bind-mounted file, the container sees the old one.",
        truth:
          "Many editors write a new file and rename it. The mount still holds the old inode; mount the folder instead.",
      },
    ],
    hand: "`Source` is the host’s side, `Destination` the container’s; `RW` and `Propagation` are the rest of the story.",
  },
  "zh-CN": {
    why: "容器的可写[[image-layers|层]]随容器一起消失，要留得更久的东西得从外面挂进来。卷（volume）是 Docker 管理的目录（`/var/lib/docker/volumes/NAME/_data`）；绑定挂载（bind mount）把宿主机上任意目录或文件原样挂进去；`tmpfs` 是内存。两个容器挂同一个来源，看到的就是同样的文件：这种联系不在任何线路上。传播（propagation）决定挂载之后在其下新挂的东西怎么办：`rprivate`（绑定挂载的默认值）互不影响，`rslave` 让宿主机新挂的进得来，`rshared` 则双方互相可见。",
    picture:
      "左边是容器里的路径，右边是它在宿主机上的来源：卷 dbdata、以 `ro` 挂载的 `/srv/app` 下的一个文件，还有内存。容器的详情里会列出它的挂载。",
    wrong: [
      {
        claim: "把卷挂到某个目录，每次都会把镜像里的文件复制进去。",
        truth: "只有空卷才复制，而且只复制一次。绑定挂载什么都不复制，只是把原来的遮住。",
      },
      {
        claim: "`docker.sock` 用 `:ro` 挂载就安全了。",
        truth: "只读保护的是文件，管不住通过它说的话。能和引擎对话，就等于是宿主机的 root。",
      },
      {
        claim: "改了绑定挂载的文件，容器里看到的还是旧的，是缓存没刷新。",
        truth: "很多编辑器是写一个新文件再改名，而挂载还抓着旧的 inode。请改为挂载整个目录。",
      },
    ],
    hand: "`Source` 是宿主机这边，`Destination` 是容器那边，其余就看 `RW` 和 `Propagation`。",
  },
};
