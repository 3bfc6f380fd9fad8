"""The map of the page: places, shapes and layers. No streamlit."""
