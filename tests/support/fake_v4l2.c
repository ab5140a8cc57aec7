/* A kernel with one webcam, for programs that are started with this library preloaded.
 *
 * The camera is the file $FAKE_V4L2/video0, or video1, and so on; /dev/video0 means the same.
 * Other files in that folder say how it behaves:
 *   busy        another program streams from it
 *   unplugged   it is gone
 *   small       it has 640x480 only
 *   no_mjpg     it has no MJPG
 *   mute_mjpg   it grants MJPG and then sends nothing in it
 *   frozen      it sends the same picture again and again
 * WxH-N.jpg are its pictures in MJPG, N from 0 to 7; in YUYV it sends plain greys.
 * What it is asked for goes to the file "asked", a line each.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define SIZE (1280 * 720 * 2)
#define BUFFERS 8

static struct v4l2_pix_format format = {.width = 640, .height = 480, .pixelformat = V4L2_PIX_FMT_YUYV};
static unsigned char *memory;
static unsigned queue[64], first, queued, shown, fps = 30;

static const char *folder(void) { return getenv("FAKE_V4L2"); }

static int has(const char *name) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder(), name);
    return access(path, F_OK) == 0;
}

static void note(const char *what, unsigned a, unsigned b, unsigned c) {
    char path[512];
    snprintf(path, sizeof path, "%s/asked", folder());
    FILE *file = fopen(path, "a");
    if (file) {
        fprintf(file, "%s %u %u %.4s\n", what, a, b, (char *)&c);
        fclose(file);
    }
}

static int ours(int fd) {
    char link[64], target[64] = "";
    if (!folder())
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    return readlink(link, target, sizeof target - 1) > 0 && !strncmp(target, "/memfd:fake_v4l2", 16);
}

/* Where a path leads: what is a camera under /dev is one in the folder. */
static const char *meant(const char *path) {
    static _Thread_local char camera[512];
    if (!path || !folder() || strncmp(path, "/dev/video", 10))
        return path;
    snprintf(camera, sizeof camera, "%s%s", folder(), path + 4);
    return camera;
}

int access(const char *path, int mode) {
    int (*real)(const char *, int) = dlsym(RTLD_NEXT, "access");
    return real(meant(path), mode);
}

#define STAT(name)                                                            \
    int name(const char *restrict path, struct name *restrict facts) {        \
        int (*real)(const char *, struct name *) = dlsym(RTLD_NEXT, #name);   \
        return real(meant(path), facts);                                      \
    }
STAT(stat)
STAT(stat64)

static int opened(const char *path) {
    char camera[512];
    if (!folder())
        return -1;
    path = meant(path);
    snprintf(camera, sizeof camera, "%s/video", folder());
    if (strncmp(path, camera, strlen(camera)) || access(path, F_OK))
        return -1;
    int fd = memfd_create("fake_v4l2", MFD_CLOEXEC);
    if (ftruncate(fd, (off_t)SIZE * BUFFERS))
        return -1;
    memory = mmap(NULL, (size_t)SIZE * BUFFERS, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    first = queued = 0;
    return fd;
}

#define OPEN(name)                                                   \
    int name(const char *path, int flags, ...) {                     \
        va_list more;                                                \
        va_start(more, flags);                                       \
        int mode = va_arg(more, int);                                \
        va_end(more);                                                \
        int fd = opened(path);                                       \
        if (fd >= 0)                                                 \
            return fd;                                               \
        int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, #name); \
        return real(path, flags, mode);                              \
    }
OPEN(open)
OPEN(open64)

static int no(int why) {
    errno = why;
    return -1;
}

static unsigned filled(unsigned char *at) {
    if (!has("frozen"))
        shown = (shown + 1) % 8;
    if (format.pixelformat == V4L2_PIX_FMT_YUYV) {
        for (unsigned i = 0; i < format.width * format.height * 2; i += 2) {
            at[i] = 60 + 10 * shown;
            at[i + 1] = 128;
        }
        return format.width * format.height * 2;
    }
    char path[512];
    snprintf(path, sizeof path, "%s/%ux%u-%u.jpg", folder(), format.width, format.height, shown);
    FILE *file = fopen(path, "rb");
    size_t bytes = file ? fread(at, 1, SIZE, file) : 0;
    if (file)
        fclose(file);
    return bytes;
}

static int answer(unsigned long request, void *data) {
    if (has("unplugged"))
        return no(ENODEV);
    switch (request) {
    case VIDIOC_QUERYCAP: {
        struct v4l2_capability *cap = data;
        memset(cap, 0, sizeof *cap);
        strcpy((char *)cap->driver, "fake");
        strcpy((char *)cap->card, "Fake camera");
        cap->capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING | V4L2_CAP_DEVICE_CAPS;
        cap->device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
        return 0;
    }
    case VIDIOC_G_FMT:
        ((struct v4l2_format *)data)->fmt.pix = format;
        return 0;
    case VIDIOC_S_FMT:
    case VIDIOC_TRY_FMT: {
        struct v4l2_pix_format *pix = &((struct v4l2_format *)data)->fmt.pix;
        if (has("busy"))
            return no(EBUSY);
        note("format", pix->width, pix->height, pix->pixelformat);
        int mjpg = pix->pixelformat == V4L2_PIX_FMT_MJPEG && !has("no_mjpg");
        int large = pix->width >= 1280 && pix->height >= 720 && !has("small");
        pix->pixelformat = mjpg ? V4L2_PIX_FMT_MJPEG : V4L2_PIX_FMT_YUYV;
        pix->width = large ? 1280 : 640;
        pix->height = large ? 720 : 480;
        pix->bytesperline = mjpg ? 0 : pix->width * 2;
        pix->sizeimage = SIZE;
        pix->field = V4L2_FIELD_NONE;
        if (request == VIDIOC_S_FMT)
            format = *pix;
        return 0;
    }
    case VIDIOC_G_PARM:
    case VIDIOC_S_PARM: {
        struct v4l2_captureparm *parm = &((struct v4l2_streamparm *)data)->parm.capture;
        if (request == VIDIOC_S_PARM && parm->timeperframe.numerator) {
            fps = parm->timeperframe.denominator / parm->timeperframe.numerator;
            note("fps", fps, 0, 0);
        }
        // Uncompressed and large, USB 2 carries ten.
        if (fps > 10 && format.pixelformat == V4L2_PIX_FMT_YUYV && format.width == 1280)
            fps = 10;
        parm->capability = V4L2_CAP_TIMEPERFRAME;
        parm->timeperframe.numerator = 1;
        parm->timeperframe.denominator = fps;
        return 0;
    }
    case VIDIOC_REQBUFS: {
        struct v4l2_requestbuffers *wanted = data;
        if (has("busy"))
            return no(EBUSY);
        if (wanted->memory != V4L2_MEMORY_MMAP)
            return no(EINVAL);
        if (wanted->count > BUFFERS)
            wanted->count = BUFFERS;
        first = queued = 0;
        return 0;
    }
    case VIDIOC_QUERYBUF: {
        struct v4l2_buffer *buffer = data;
        buffer->length = SIZE;
        buffer->m.offset = buffer->index * SIZE;
        return 0;
    }
    case VIDIOC_QBUF:
        queue[(first + queued++) % 64] = ((struct v4l2_buffer *)data)->index;
        return 0;
    case VIDIOC_DQBUF: {
        struct v4l2_buffer *buffer = data;
        usleep(1000000 / fps);
        if (format.pixelformat == V4L2_PIX_FMT_MJPEG && has("mute_mjpg"))
            return no(EINVAL);
        if (!queued)
            return no(EAGAIN);
        buffer->index = queue[first++ % 64];
        queued--;
        buffer->length = SIZE;
        buffer->m.offset = buffer->index * SIZE;
        buffer->flags = 0;
        buffer->bytesused = filled(memory + (size_t)buffer->index * SIZE);
        return 0;
    }
    case VIDIOC_STREAMON:
        return has("busy") ? no(EBUSY) : 0;
    case VIDIOC_STREAMOFF:
        first = queued = 0;
        return 0;
    }
    return no(EINVAL);
}

int ioctl(int fd, unsigned long request, ...) {
    va_list more;
    va_start(more, request);
    void *data = va_arg(more, void *);
    va_end(more);
    if (ours(fd))
        // Where an int was passed, its sign went with it.
        return answer(request & 0xffffffff, data);
    int (*real)(int, unsigned long, ...) = dlsym(RTLD_NEXT, "ioctl");
    return real(fd, request, data);
}
