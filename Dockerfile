# The README's steps in a container: install requirements.txt, then serve as `make app` does.
#   docker build -t equity-explorer .
#   docker run --rm -p 127.0.0.1:8501:8501 equity-explorer
FROM python:3.11.14-slim-bookworm

RUN useradd --create-home explorer
WORKDIR /home/explorer/app

COPY requirements.txt ./
RUN python -m pip install --no-cache-dir --disable-pip-version-check -r requirements.txt

COPY --chown=explorer . .
# Saved data: mount a volume here to keep them (docs/DEPLOY.md).
RUN mkdir -p var && chown explorer var
USER explorer
# Compiled here for any processor: what suits this one alone would be compiled anew elsewhere.
ENV NUMBA_CPU_NAME="generic"
RUN python -m equity_core solve > /dev/null
RUN python -m equity_core solve --set deferrable_share=0.3 > /dev/null
RUN python -m equity_core foresight --method blend > /dev/null

# The host's own name is unknown here; publish the port on an address you trust.
ENV STREAMLIT_SERVER_ALLOWED_HOSTS="*"
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["python", "-m", "streamlit", "run", "serve.py", "--server.address", "0.0.0.0", "--server.port", "8501"]
