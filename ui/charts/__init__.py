"""Charts and tables of the page: records in, HTML or a figure out. No streamlit."""
