#define AREA(width, height) ((width) * (height))

int main(void)
{
    return AREA(3, 4, 5); //~ ERROR FH1002
}
