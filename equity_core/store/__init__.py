"""What is kept between visits: data sets that users brought, and scenarios with a title."""
